import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { getAuthSecret, getPublicUrl } from "../env.ts";

/** A session lasts a day from its sign-in, whatever is done in it. */
export const SESSION_SECONDS = 24 * 60 * 60;

/** Over https the name says so, and browsers then take the cookie from this host alone. */
export function isSecure(): boolean {
  return getPublicUrl().startsWith("https:");
}

export function sessionCookieName(): string {
  return isSecure() ? "__Host-tidemark.session" : "tidemark.session";
}

/** How the cookie is set: out of reach of scripts, not sent along by other sites' forms. */
export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
}

const Payload = z.object({ sid: z.string().min(20).max(100) });

/** What the cookie holds: a random session id and nothing else, encrypted and signed by next-auth. */
export function sealSessionId(sid: string): Promise<string> {
  return encode({ token: { sid }, secret: getAuthSecret(), maxAge: SESSION_SECONDS });
}

/** The session id of a cookie; null when it is forged, expired or not ours. */
export async function readSessionId(cookie: string): Promise<string | null> {
  if (cookie === "" || cookie.length > 4096) return null;
  const token = await decode({ token: cookie, secret: getAuthSecret() }).catch(() => null);
  const payload = Payload.safeParse(token);
  return payload.success ? payload.data.sid : null;
}
