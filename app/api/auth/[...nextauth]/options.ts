import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { clientAddress } from "#lib/auth/client-address.ts";
import { cookieOf, findActorByCookie } from "#lib/auth/find-actor.ts";
import { sessionCookieName, sessionCookieOptions, SESSION_SECONDS } from "#lib/auth/session-cookie.ts";
import { getAuthSecret } from "#lib/env.ts";
import { isServiceError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { endSession } from "#lib/services/auth/end-session.ts";
import { startSession } from "#lib/services/auth/start-session.ts";

/**
 * next-auth with passwords. Its JWT carries a random session id and nothing about the user: who that is and what they may
 * do is read from the database at each request (lib/auth/find-actor.ts), so signing out and disabling work at once.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: getAuthSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS, updateAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials, request) => signIn(credentials, new Headers(textHeaders(request.headers))),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token["sid"] }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) => {
        const error = metadata instanceof Error ? metadata : metadata.error;
        if (!isServiceError(error)) log.error("sign-in failed on our side", { code, error: error as Error });
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

async function signIn(credentials: unknown, headers: Headers): Promise<{ id: string }> {
  const now = new Date();
  const { sid } = await startSession(credentials, clientAddress(headers), now);
  // The session this browser had before is over: two people at one keyboard are two sessions.
  const before = await findActorByCookie(cookieOf(headers, sessionCookieName()), now);
  if (before !== null) await endSession(before, now);
  return { id: sid };
}

function textHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
