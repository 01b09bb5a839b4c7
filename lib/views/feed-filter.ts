import { FEED_SORTS, type FeedListKey, type FeedSort } from "#lib/db/evaluation/read-feed-list.ts";
import { TIERS } from "#lib/domain/contract/feed-contract.ts";
import { ServiceError } from "#lib/errors.ts";

export const FEED_STATES = ["late", "unmeasured", "silent", "idle", "fresh"] as const;

export interface FeedFilter {
  words: string[];
  states: string[];
  tiers: string[];
  teams: string[];
}

const FACETS = { state: "states", tier: "tiers", owner: "teams" } as const;
const MOST_WORDS = 12;

/**
 * Reads `state:late,unmeasured tier:critical owner:team:lake orders`. Anything without a known key is a word that must
 * occur in the feed's name, slug, topics, groups, table or teams.
 */
export function parseFeedFilter(text: string): FeedFilter {
  const filter: FeedFilter = { words: [], states: [], tiers: [], teams: [] };
  const tokens = text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  for (const token of tokens) {
    const colon = token.indexOf(":");
    const facet = FACETS[token.slice(0, Math.max(colon, 0)) as keyof typeof FACETS];
    if (facet === undefined) filter.words.push(token);
    else
      filter[facet].push(
        ...token
          .slice(colon + 1)
          .split(",")
          .filter(Boolean),
      );
  }
  mustBeAmong("state", filter.states, FEED_STATES);
  mustBeAmong("tier", filter.tiers, TIERS);
  return filter;
}

function mustBeAmong(name: string, given: readonly string[], known: readonly string[]): void {
  const strange = given.find((one) => !known.includes(one));
  if (strange === undefined) return;
  throw new ServiceError("invalid", `There is no ${name} “${strange}”. Use one of ${known.join(", ")}.`, {
    issues: [{ path: "filter", message: `unknown ${name}`, remedy: `Use one of ${known.join(", ")}.` }],
  });
}

export function parseFeedSort(text: string | undefined): FeedSort {
  if (text === undefined || text === "") return "worst";
  const sort = FEED_SORTS.find((one) => one === text);
  if (sort) return sort;
  throw new ServiceError("invalid", `There is no sort “${text}”. Use one of ${FEED_SORTS.join(", ")}.`, {
    issues: [{ path: "sort", message: "unknown sort", remedy: `Use one of ${FEED_SORTS.join(", ")}.` }],
  });
}

export const DEFAULT_LIMIT = 100;
export const MOST_ROWS = 200;

export function parseLimit(given: number | string | undefined): number {
  if (given === undefined || given === "") return DEFAULT_LIMIT;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_ROWS) return limit;
  throw new ServiceError("invalid", `limit must be a whole number from 1 to ${MOST_ROWS}.`, {
    issues: [{ path: "limit", message: "out of range", remedy: `Give 1 to ${MOST_ROWS}.` }],
  });
}

/** A cursor is the sort keys of the last row, as base64url of JSON: opaque to callers. */
export function formatCursor(key: FeedListKey): string {
  return Buffer.from(JSON.stringify([key.first, key.second, key.text, key.slug])).toString("base64url");
}

export function parseCursor(text: string | undefined): FeedListKey | null {
  if (text === undefined || text === "") return null;
  const [first, second, word, slug] = readCursor(text);
  if (Number.isFinite(first) && Number.isFinite(second) && typeof word === "string" && typeof slug === "string") {
    return { first: Number(first), second: Number(second), text: word, slug };
  }
  throw new ServiceError("invalid", "This cursor is not one of ours. Start again without it.", {
    issues: [{ path: "cursor", message: "unreadable", remedy: "Start again without it." }],
  });
}

function readCursor(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
