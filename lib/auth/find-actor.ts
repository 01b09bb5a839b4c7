import { sha256 } from "../crypto.ts";
import { findLiveSession } from "../db/sessions.ts";
import { findLiveToken, touchToken } from "../db/tokens.ts";
import type { Actor } from "./actor.ts";
import { readSessionId, sessionCookieName } from "./session-cookie.ts";

/** The user behind a session cookie: the row, its user and roles are read each time, so ending it is immediate. */
export async function findActorByCookie(cookie: string | undefined, now: Date): Promise<Actor | null> {
  const sid = cookie === undefined ? null : await readSessionId(cookie);
  if (sid === null) return null;
  const session = await findLiveSession(sha256(sid), now);
  if (session === null) return null;
  const { id, name, email, role, teams } = session.user;
  return { kind: "user", id, name, email, role, teams, sessionId: session.id };
}

/** The token behind `Authorization: Bearer tmk_…`. */
export async function findActorByBearer(authorization: string, now: Date): Promise<Actor | null> {
  const secret = /^Bearer (tmk_[A-Za-z0-9_-]{43})$/i.exec(authorization)?.[1];
  if (secret === undefined) return null;
  const token = await findLiveToken(sha256(secret), now);
  if (token === null) return null;
  await touchToken(token.id, now);
  return { kind: "token", id: token.id, name: token.name, role: token.role, feedSlug: token.feedSlug };
}

/** Who sent a request. An `Authorization` header decides alone: a bad token is not saved by a good cookie. */
export async function findActorOfRequest(headers: Headers, now: Date = new Date()): Promise<Actor | null> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return findActorByBearer(authorization, now);
  return findActorByCookie(cookieOf(headers, sessionCookieName()), now);
}

/** One cookie of a request; undefined when it is not there. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const cut = part.indexOf("=");
    if (cut > 0 && part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim();
  }
  return undefined;
}
