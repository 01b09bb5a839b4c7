import { randomUUID } from "node:crypto";
import { httpStatusOf, isServiceError, ServiceError, type ErrorCode } from "#lib/errors.ts";
import { log } from "#lib/log.ts";

const TITLES: Readonly<Record<ErrorCode, string>> = {
  invalid: "What was sent has errors",
  unauthenticated: "Not signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  conflict: "It has changed meanwhile",
  too_large: "Too large",
  rate_limited: "Too many requests",
  unavailable: "Not available now",
  timed_out: "Took too long",
};

/**
 * RFC 9457 problem details for anything thrown: `{ type, title, status, detail, code, field, issues }`, where `field` is the
 * first thing at fault and each issue says what would put it right. What was not expected tells its id alone.
 */
export function problem(error: unknown): Response {
  if (isServiceError(error)) return describe(error);
  const requestId = randomUUID();
  log.error("a request failed", { requestId, error: error instanceof Error ? error : new Error(String(error)) });
  const body = {
    type: "urn:tidemark:problem:internal",
    title: "Something went wrong on our side",
    status: 500,
    detail: `Try again. If it happens again, look for ${requestId} in the server's log.`,
    code: "internal",
    requestId,
  };
  return respond(body, {});
}

function describe(error: ServiceError): Response {
  const headers: Record<string, string> = {};
  if (error.code === "unauthenticated") headers["www-authenticate"] = 'Bearer realm="tidemark"';
  if (error.retryAfterSeconds !== null) headers["retry-after"] = String(error.retryAfterSeconds);
  const body = {
    type: `urn:tidemark:problem:${error.code}`,
    title: TITLES[error.code],
    status: httpStatusOf(error.code),
    detail: error.message,
    code: error.code,
    field: error.issues[0]?.path ?? null,
    issues: error.issues,
  };
  return respond(body, headers);
}

function respond(body: { status: number }, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}

export const notSignedIn = () =>
  new ServiceError(
    "unauthenticated",
    "Sign in, or send a token: `Authorization: Bearer tmk_…` (npx tidemark token create).",
  );
