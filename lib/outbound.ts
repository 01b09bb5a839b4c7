import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { promisify } from "node:util";
import { Agent, request, type Dispatcher } from "undici";
import { addressKind } from "./address-kind.ts";

/** Why nothing came back. `refused-address` is ours: the place is not one to connect to. */
export type OutboundErrorCode =
  "bad-url" | "refused-address" | "unreachable" | "timeout" | "tls" | "redirect" | "too-large";

/** A failed way out. The message is for people; `retryable` says whether the same call could succeed later. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly code: OutboundErrorCode;
  readonly retryable: boolean;

  constructor(code: OutboundErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = code === "unreachable" || code === "timeout";
  }
}

export interface OutboundRequest {
  /** Whether an operator declared the place on the server's machine: then loopback and private addresses are allowed. */
  trusted: boolean;
  method?: "GET" | "POST" | "HEAD";
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** For everything: name, connection, answer and its body. */
  timeoutMs?: number;
  maxBytes?: number;
}

/** Any status but a redirect, which is an error. Header names are in lower case. */
export interface OutboundResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 5 * 1024 * 1024;
const CONNECT_MS = 3_000;

/** Ports where something other than HTTP answers, which a stranger's address may not make us speak to. */
const OTHER_SERVICES = new Set([1433, 1521, 2049, 2181, 2375, 3306, 5432, 5672, 6379, 6443, 11211, 27017]);

/**
 * The one guarded way out over HTTP: http and https alone, no sign-in in the URL, every address that the name resolves to
 * checked and the checked address connected to, no redirects, a deadline and a cap on the body.
 */
export async function fetchOutbound(address: string | URL, options: OutboundRequest): Promise<OutboundResponse> {
  const url = checkUrl(address, options.trusted);
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  try {
    const answer = await request(url, {
      method: options.method ?? "GET",
      headers: { "user-agent": "tidemark", ...options.headers },
      body: options.body ?? null,
      dispatcher: options.trusted ? agents.trusted : agents.untrusted,
      signal,
    });
    const isRedirect = answer.statusCode >= 300 && answer.statusCode < 400 && answer.statusCode !== 304;
    if (isRedirect) {
      answer.body.on("error", () => undefined).destroy();
      throw new OutboundError("redirect", `${url.host} answered with a redirect, which is not followed`);
    }
    const body = await readBody(answer.body, options.maxBytes ?? MAX_BYTES, url.host);
    return { status: answer.statusCode, headers: flatHeaders(answer.headers), body };
  } catch (error) {
    throw asOutboundError(error, url, signal);
  }
}

/**
 * The addresses a host stands for, after each was found to be one that may be connected to. For connections that are not
 * HTTP, as those to Kafka brokers: connect to one of these and to nothing else.
 */
export async function checkHost(host: string, trusted: boolean): Promise<string[]> {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (isIP(bare) !== 0) return [checkAddress(bare, bare, trusted)];
  const found = await lookupAll(bare).catch((error: unknown) => {
    throw new OutboundError("unreachable", `The name ${host} could not be resolved`, error);
  });
  if (found.length === 0) throw new OutboundError("unreachable", `The name ${host} has no address`);
  return found.map(({ address }) => checkAddress(address, host, trusted));
}

const lookupAll = (host: string) => promisify(dnsLookup)(host, { all: true, verbatim: true });

function checkAddress(address: string, host: string, trusted: boolean): string {
  const kind = addressKind(address);
  if (kind === "public" || (trusted && kind !== "refused")) return address;
  const why = kind === "refused" ? "is never connected to" : `is ${kind}; declare the connection in tidemark.yaml`;
  const where = address === host ? address : `${host} is at ${address}, which`;
  throw new OutboundError("refused-address", `${where} ${why}`);
}

function checkUrl(address: string | URL, trusted: boolean): URL {
  if (!URL.canParse(String(address))) throw new OutboundError("bad-url", "That is not a URL");
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new OutboundError("bad-url", `${url.protocol}// is not http or https`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutboundError(
      "bad-url",
      "A URL may not carry a user name or a password; give them as the connection's auth",
    );
  }
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const isOther = OTHER_SERVICES.has(port) || (port < 1024 && port !== 80 && port !== 443);
  if (port === 0 || (!trusted && isOther))
    throw new OutboundError("refused-address", `Port ${port} is not one for HTTP`);
  // A literal address is never looked up, so the agent's own check would not see it.
  const bare = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(bare) !== 0) checkAddress(bare, bare, trusted);
  return url;
}

/** Resolves, checks all, and hands the checked addresses to the socket: what was checked is what is connected to. */
function guardedLookup(trusted: boolean): LookupFunction {
  return (host, options, callback) => {
    checkHost(host, trusted).then(
      (addresses) => {
        const found: LookupAddress[] = addresses.map((one) => ({ address: one, family: isIP(one) }));
        const first = found[0];
        if (options.all || !first) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, []),
    );
  };
}

function makeAgent(trusted: boolean): Agent {
  return new Agent({
    connect: { lookup: guardedLookup(trusted), timeout: CONNECT_MS },
    connections: 8,
    keepAliveTimeout: 30_000,
    maxHeaderSize: 32_768,
  });
}

const agents = { trusted: makeAgent(true), untrusted: makeAgent(false) };

async function readBody(stream: Dispatcher.ResponseData["body"], maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) {
      throw new OutboundError("too-large", `${host} sent more than ${Math.round(maxBytes / 1024)} KiB`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(", ")]],
    ),
  );
}

function asOutboundError(error: unknown, url: URL, signal: AbortSignal): OutboundError {
  if (error instanceof OutboundError) return error;
  const { code, message } = describe(error);
  if (signal.aborted || /TIMEOUT|TimeoutError/.test(code)) {
    return new OutboundError("timeout", `${url.host} did not answer in time`, error);
  }
  if (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|VERIFY/.test(code)) {
    return new OutboundError("tls", `The certificate of ${url.host} was not accepted: ${message}`, error);
  }
  return new OutboundError("unreachable", `${url.host} could not be reached (${code || message})`, error);
}

function describe(error: unknown): { code: string; message: string } {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (!(first instanceof Error)) return { code: "", message: String(first) };
  return { code: "code" in first ? String(first.code) : first.name, message: first.message };
}
