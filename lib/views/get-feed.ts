import type { Actor } from "#lib/auth/actor.ts";
import { canSeeFeed, canSeeFeeds, requirePermission } from "#lib/auth/permissions.ts";
import { findFeedWithReading, type FeedWithReading } from "#lib/db/evaluation/read-feed.ts";
import { durationMs } from "#lib/domain/contract/duration.ts";
import { ServiceError } from "#lib/errors.ts";

/** The feed, its contract in force and its newest reading. To a token of another feed it does not exist. */
export async function getFeedSeenBy(actor: Actor, slug: string): Promise<FeedWithReading> {
  requirePermission(canSeeFeeds(actor), "see-feeds");
  const feed = canSeeFeed(actor, slug) ? await findFeedWithReading(slug) : null;
  if (feed) return feed;
  throw new ServiceError("not_found", `There is no feed “${slug}”. GET /api/v1/feeds lists those there are.`);
}

export function objectiveMsOf(feed: FeedWithReading): number | null {
  return feed.contract === null ? null : durationMs(feed.contract.document.lateness.objective);
}
