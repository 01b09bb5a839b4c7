import { z } from "zod";
import type { ConnectionSecret, HttpAuth } from "#lib/domain/connections/connection-config.ts";
import { fetchOutbound, type OutboundResponse } from "../outbound.ts";
import { SourceError, asSourceError } from "./source-error.ts";

export interface HttpSourceOptions {
  /** What it is, for messages: "Connect prod-connect". */
  subject: string;
  baseUrl: string;
  auth: HttpAuth | null;
  secret: ConnectionSecret;
  trusted: boolean;
}

export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}

interface Ask {
  headers?: Readonly<Record<string, string>>;
  timeoutMs?: number;
  maxBytes?: number;
}

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() });
const TOKEN_LIFE_S = 300;
const TOKEN_SPARE_MS = 30_000;

/** A measured system that is asked over HTTP. 2xx and 304 are answers, anything else a typed failure. */
export class HttpSource {
  readonly #options: HttpSourceOptions;
  #token: { value: string; until: number } | null = null;

  constructor(options: HttpSourceOptions) {
    this.#options = options;
  }

  /** `path` begins with a slash and is encoded already. */
  async get(path: string, ask: Ask = {}): Promise<HttpAnswer> {
    const first = await this.#send(path, ask);
    if (first.status !== 401 || this.#token === null) return this.#checked(first, path);
    this.#token = null;
    return this.#checked(await this.#send(path, ask), path);
  }

  async #send(path: string, ask: Ask): Promise<OutboundResponse> {
    const { baseUrl, trusted } = this.#options;
    const authorization = await this.#authorization();
    const headers = { accept: "application/json", ...authorization, ...ask.headers };
    try {
      return await fetchOutbound(baseUrl.replace(/\/+$/, "") + path, { ...ask, headers, trusted });
    } catch (error) {
      throw this.#named(error);
    }
  }

  #checked(response: OutboundResponse, path: string): HttpAnswer {
    const { status, headers } = response;
    if ((status >= 200 && status < 300) || status === 304)
      return { status, headers, text: response.body.toString("utf8") };
    const { subject } = this.#options;
    const place = path.split("?")[0] ?? path;
    if (status === 401 || status === 419) {
      throw new SourceError("auth-failed", `${subject} did not accept the sign-in (HTTP ${status}). Check its auth.`);
    }
    if (status === 403) throw new SourceError("not-authorized", `${subject} forbids reading ${place} (HTTP 403).`);
    if (status === 404) throw new SourceError("not-found", `${subject} has no ${place} (HTTP 404).`);
    if (status === 409 || status === 429 || status >= 500) {
      throw new SourceError("unavailable", `${subject} answered ${place} with HTTP ${status}.`);
    }
    throw new SourceError("error", `${subject} answered ${place} with HTTP ${status}.`);
  }

  async #authorization(): Promise<Record<string, string>> {
    const { auth, secret } = this.#options;
    if (auth === null) return {};
    switch (auth.type) {
      case "basic": {
        const pair = Buffer.from(`${auth.username}:${secret.password ?? ""}`, "utf8").toString("base64");
        return { authorization: `Basic ${pair}` };
      }
      case "bearer":
        return { authorization: `Bearer ${secret.token ?? ""}` };
      case "oauth2":
        return { authorization: `Bearer ${await this.#clientToken(auth)}` };
    }
  }

  /** OAuth 2 client credentials (RFC 6749 section 4.4), kept until shortly before it ends. */
  async #clientToken(auth: Extract<HttpAuth, { type: "oauth2" }>): Promise<string> {
    if (this.#token !== null && this.#token.until > Date.now()) return this.#token.value;
    const { secret, trusted, subject } = this.#options;
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: auth.clientId,
      client_secret: secret.clientSecret ?? "",
      ...(auth.scope === null ? {} : { scope: auth.scope }),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
    const answer = await fetchOutbound(auth.tokenUrl, {
      method: "POST",
      trusted,
      headers,
      body: form.toString(),
    }).catch((error: unknown) => {
      throw this.#named(error);
    });
    if (answer.status !== 200) {
      throw new SourceError("auth-failed", `The token endpoint of ${subject} answered HTTP ${answer.status}.`);
    }
    const token = Token.safeParse(parseJson(answer.body.toString("utf8"), subject));
    if (!token.success) throw new SourceError("malformed", `The token endpoint of ${subject} sent no access_token.`);
    const lifeMs = (token.data.expires_in ?? TOKEN_LIFE_S) * 1000;
    this.#token = { value: token.data.access_token, until: Date.now() + Math.max(lifeMs - TOKEN_SPARE_MS, 1000) };
    return token.data.access_token;
  }

  #named(error: unknown): SourceError {
    const known = asSourceError(error);
    const message = `${this.#options.subject}: ${known.message}.`;
    return new SourceError(known.code, message, { cause: error, retryable: known.retryable });
  }
}

/**
 * JSON whose numbers stay exact: an integer beyond 2^53, and every value whose key ends in `snapshot-id`, becomes text.
 * Snapshot ids are random 64-bit numbers.
 */
export function parseJson(text: string, subject: string): unknown {
  const exact = (key: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value !== "number" || context?.source === undefined) return value;
    const isId = key.endsWith("snapshot-id");
    return (isId || !Number.isSafeInteger(value)) && /^-?\d+$/.test(context.source) ? context.source : value;
  };
  try {
    return JSON.parse(text, exact as (key: string, value: unknown) => unknown) as unknown;
  } catch (error) {
    throw new SourceError("malformed", `${subject} did not send JSON.`, { cause: error });
  }
}
