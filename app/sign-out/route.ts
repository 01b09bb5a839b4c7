import { cookies } from "next/headers";
import { findActorOfRequest } from "#lib/auth/find-actor.ts";
import { isSameOrigin } from "#lib/auth/same-origin.ts";
import { sessionCookieName, sessionCookieOptions } from "#lib/auth/session-cookie.ts";
import { ServiceError } from "#lib/errors.ts";
import { endSession } from "#lib/services/auth/end-session.ts";
import { problem } from "../api/problem.ts";

/** Ends the session and leads to sign-in. A form posts here; a link can't sign anyone out. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers))
    return problem(new ServiceError("forbidden", "Sign out from Tidemark's own page."));
  const actor = await findActorOfRequest(request.headers);
  if (actor !== null) await endSession(actor, new Date());
  (await cookies()).set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
  return new Response(null, { status: 303, headers: { location: "/sign-in" } });
}
