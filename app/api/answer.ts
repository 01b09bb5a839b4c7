import { createHash } from "node:crypto";
import type { Actor } from "#lib/auth/actor.ts";
import { findActorOfRequest } from "#lib/auth/find-actor.ts";
import { ServiceError } from "#lib/errors.ts";
import { notSignedIn, problem } from "./problem.ts";

/** The query string of a request, each parameter at most once and none that isn't known. */
export type Query = Readonly<Record<string, string | undefined>>;

/**
 * Answers a GET with what `read` gives. Nobody gets past this without a session or a token; expected failures become
 * problem details; an unchanged answer is a 304.
 * @param parameters the query parameters the route knows
 */
export async function answer(
  request: Request,
  parameters: readonly string[],
  read: (actor: Actor, query: Query) => Promise<unknown>,
): Promise<Response> {
  try {
    const actor = await findActorOfRequest(request.headers);
    if (actor === null) throw notSignedIn();
    const body = JSON.stringify(await read(actor, readQuery(new URL(request.url).searchParams, parameters)));
    return respond(request, body, "application/json");
  } catch (error) {
    return problem(error);
  }
}

function readQuery(search: URLSearchParams, parameters: readonly string[]): Query {
  const query: Record<string, string> = {};
  for (const [name, value] of search) {
    if (name === "_rsc") continue;
    if (!parameters.includes(name)) throw badParameter(name, "is not known here", `Use ${listed(parameters)}.`);
    if (Object.hasOwn(query, name)) throw badParameter(name, "is given twice", "Give it once.");
    query[name] = value;
  }
  return query;
}

function badParameter(name: string, wrong: string, remedy: string): ServiceError {
  const path = name.slice(0, 80);
  return new ServiceError("invalid", `The parameter ${path} ${wrong}.`, {
    issues: [{ path, message: `${path} ${wrong}`, remedy }],
  });
}

function listed(parameters: readonly string[]): string {
  return parameters.length === 0 ? "no parameters" : parameters.join(", ");
}

/** The answer with its ETag. It belongs to who asked: caches may keep it for them alone, and must ask each time. */
function respond(request: Request, body: string, contentType: string): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const headers = {
    etag,
    "content-type": contentType,
    "cache-control": "private, no-cache",
    vary: "Cookie, Authorization, Accept",
  };
  if (matches(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}

function matches(given: string | null, etag: string): boolean {
  return (
    given !== null && given.split(",").some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*")
  );
}
