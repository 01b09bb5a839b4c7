import type { Actor } from "#lib/auth/actor.ts";
import { canSeeFeed } from "#lib/auth/permissions.ts";
import { isFeedThere } from "#lib/db/evaluation/read-feed.ts";

/** Whether there is such a feed for this viewer: answered before a page begins, so that a missing one is a true 404. */
export async function feedExists(actor: Actor, slug: string): Promise<boolean> {
  return canSeeFeed(actor, slug) && (await isFeedThere(slug));
}
