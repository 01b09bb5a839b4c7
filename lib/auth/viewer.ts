import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "./actor.ts";
import { findActorByCookie } from "./find-actor.ts";
import { PATH_HEADER } from "./path-header.ts";
import { sessionCookieName } from "./session-cookie.ts";

/** The signed-in user of the page being rendered, read once a request; null when nobody is. */
export const findViewer = cache(async (): Promise<Actor | null> => {
  const jar = await cookies();
  return findActorByCookie(jar.get(sessionCookieName())?.value, new Date());
});

/** The same for a page or an action that nobody may see unasked: without a session it leads to sign-in and back. */
export async function requireViewer(): Promise<Actor> {
  const viewer = await findViewer();
  if (viewer !== null) return viewer;
  const from = (await headers()).get(PATH_HEADER);
  redirect(from === null ? "/sign-in" : `/sign-in?next=${encodeURIComponent(from)}`);
}
