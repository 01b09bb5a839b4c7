import { z } from "zod";
import { ServiceError, type ErrorCode } from "../errors.ts";

/** Tidemark's REST API, as a program far away sees it. */
export interface ApiClient {
  /** The JSON of a GET. Throws a ServiceError worded by the server, or `unavailable`, `timed_out`, `too_large`. */
  get(path: string): Promise<unknown>;
}

const DEADLINE_MS = 15_000;
const LARGEST_BYTES = 16 * 1024 * 1024;

const Problem = z.object({
  code: z.string().catch("internal"),
  detail: z.string().catch("The server gave no reason."),
  issues: z
    .array(z.object({ path: z.string(), message: z.string(), remedy: z.string().nullable().catch(null) }))
    .catch([]),
});

const KNOWN: readonly ErrorCode[] = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "rate_limited",
  "unavailable",
  "timed_out",
];

/** @param url address of the console, as in TIDEMARK_URL; @param token as in TIDEMARK_TOKEN */
export function makeApiClient(url: string, token: string, deadlineMs: number = DEADLINE_MS): ApiClient {
  const base = url.replace(/\/+$/, "");
  return {
    async get(path) {
      const response = await send(`${base}/api/v1${path}`, token, deadlineMs);
      const body = parseJson(await readBody(response), base);
      if (response.ok) return body;
      throw asServiceError(body, response.status);
    },
  };
}

async function send(url: string, token: string, deadlineMs: number): Promise<Response> {
  try {
    // Redirects are not followed: the token is for this address alone.
    return await fetch(url, {
      headers: { authorization: `Bearer ${token}`, accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(deadlineMs),
    });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") {
      throw new ServiceError("timed_out", `${url} did not answer in ${deadlineMs / 1000} s. Check TIDEMARK_URL.`);
    }
    throw new ServiceError("unavailable", `${url} can't be reached. Check TIDEMARK_URL and that Tidemark runs there.`, {
      cause: error,
    });
  }
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_BYTES)
      throw new ServiceError("too_large", "The answer is larger than 16 MiB. Ask for less at once.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string, base: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError("unavailable", `What answers at ${base} is not Tidemark's API. Check TIDEMARK_URL.`);
  }
}

function asServiceError(body: unknown, status: number): ServiceError {
  const parsed = Problem.safeParse(body);
  if (!parsed.success) return new ServiceError("unavailable", `The server answered ${status} without a reason.`);
  const { code, detail, issues } = parsed.data;
  return new ServiceError(KNOWN.find((known) => known === code) ?? "unavailable", detail, { issues });
}
