import type { Actor } from "#lib/auth/actor.ts";
import { canSeeFeeds, onlyFeedOf, requirePermission } from "#lib/auth/permissions.ts";
import {
  countFeedsByState,
  listFeedReadings,
  listFeedTeams,
  type FeedCount,
  type FeedListQuery,
  type ListedFeed,
} from "#lib/db/evaluation/read-feed-list.ts";
import { listSparkMinutes, type SparkMinute } from "#lib/db/evaluation/read-sparklines.ts";
import { staleBefore } from "#lib/db/evaluation/stale-after.ts";
import { durationMs } from "#lib/domain/contract/duration.ts";
import type { FeedStateName, HeldBy } from "#lib/domain/freshness/reading.ts";
import { explained, type Explained } from "./explained.ts";
import { FEED_STATES, formatCursor, parseCursor, parseFeedFilter, parseFeedSort, parseLimit } from "./feed-filter.ts";
import { feedNow, type FeedNow } from "./feed-now.ts";
import { feedsSentence } from "./feeds-sentence.ts";

const MINUTE_MS = 60_000;
const SPARK_MINUTES = 60;

interface FeedRowFields {
  slug: string;
  name: string;
  tier: string | null;
  pattern: string | null;
  state: FeedStateName;
  stateBecause: string;
  ageSeconds: number | null;
  ageLowerSeconds: number | null;
  objectiveSeconds: number | null;
  heldBy: HeldBy | null;
  largestHold: FeedNow["largestHold"];
  lateSince: string | null;
  lastRecordAt: string | null;
  /** Not computed by this version: null, with the reason. */
  budgetRemaining: number | null;
  coverage: number | null;
  replayMarginSeconds: number | null;
  weakestArea: string | null;
  ownerGaps: string[] | null;
  measuredAt: string | null;
  /** The worst age of each of the last 60 minutes and, last, now: seconds, null where unmeasured. */
  lastHour: (number | null)[];
}

type NullableFeedField =
  | "tier"
  | "pattern"
  | "ageSeconds"
  | "ageLowerSeconds"
  | "objectiveSeconds"
  | "heldBy"
  | "budgetRemaining"
  | "coverage"
  | "replayMarginSeconds"
  | "weakestArea"
  | "ownerGaps"
  | "measuredAt";

export type FeedRow = Explained<FeedRowFields, NullableFeedField>;

export interface FeedList {
  items: FeedRow[];
  /** Cursor of the next page. */
  next: string | null;
  nextBecause?: string;
  /** Feeds in each state, whatever the filter. */
  counts: Record<FeedStateName, number>;
  total: number;
  /** Feeds that the filter lets through. */
  matching: number;
  /** How things stand over all feeds, one sentence or a few. */
  sentence: string;
}

/** As the query string gives them. */
export interface FeedListParameters {
  sort?: string | undefined;
  filter?: string | undefined;
  cursor?: string | undefined;
  limit?: string | number | undefined;
}

/** `GET /api/v1/feeds` and the Feeds page: a page of feeds, worst first unless asked otherwise. */
export async function listFeeds(actor: Actor, parameters: FeedListParameters, now = new Date()): Promise<FeedList> {
  requirePermission(canSeeFeeds(actor), "see-feeds");
  const query: FeedListQuery = {
    ...parseFeedFilter(parameters.filter ?? ""),
    onlySlug: onlyFeedOf(actor),
    sort: parseFeedSort(parameters.sort),
    after: parseCursor(parameters.cursor),
    limit: parseLimit(parameters.limit) + 1,
    staleBefore: staleBefore(now),
  };
  const [rows, counts] = await Promise.all([listFeedReadings(query), countFeedsByState(query)]);
  const shown = rows.slice(0, query.limit - 1);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  const sparks = await lastHours(
    shown.map((row) => row.id),
    now,
  );
  const byState = countsOf(counts);
  return {
    items: shown.map((row) => feedRow(row, sparks.get(row.id) ?? emptyHour(), query.staleBefore)),
    ...explained({ next: last ? formatCursor(last.key) : null }, { next: "this is the last page" }),
    counts: byState,
    total: counts.reduce((sum, count) => sum + count.all, 0),
    matching: counts.reduce((sum, count) => sum + count.matching, 0),
    sentence: feedsSentence(byState),
  };
}

/** Every team that answers for a feed: what the owner filter offers. */
export async function listFeedOwners(actor: Actor): Promise<string[]> {
  requirePermission(canSeeFeeds(actor), "see-feeds");
  return listFeedTeams(onlyFeedOf(actor));
}

const emptyHour = (): (number | null)[] => new Array<number | null>(SPARK_MINUTES).fill(null);

async function lastHours(feedIds: string[], now: Date): Promise<Map<string, (number | null)[]>> {
  const to = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const from = to - SPARK_MINUTES * MINUTE_MS;
  const minutes = await listSparkMinutes(feedIds, new Date(from), new Date(to));
  const hours = new Map<string, (number | null)[]>();
  for (const minute of minutes) place(hours, minute, from);
  return hours;
}

function place(hours: Map<string, (number | null)[]>, { feedId, minute, worstAgeMs }: SparkMinute, from: number): void {
  const hour = hours.get(feedId) ?? emptyHour();
  hours.set(feedId, hour);
  hour[Math.round((minute.getTime() - from) / MINUTE_MS)] = worstAgeMs === null ? null : worstAgeMs / 1000;
}

function countsOf(counts: readonly FeedCount[]): Record<FeedStateName, number> {
  const all = new Map(counts.map((count) => [count.state, count.all]));
  return Object.fromEntries(FEED_STATES.map((state) => [state, all.get(state) ?? 0])) as Record<FeedStateName, number>;
}

const NOT_YET = "this version of Tidemark does not compute it yet";

function feedRow(row: ListedFeed, hour: (number | null)[], stale: Date): FeedRow {
  const objectiveMs = row.objective === null ? null : durationMs(row.objective);
  const now = feedNow(row.reading === null ? null : { ...row.reading, hops: [] }, objectiveMs, stale);
  const fields: FeedRowFields = {
    slug: row.slug,
    name: row.name === "" ? row.slug : row.name,
    tier: row.tier,
    pattern: row.pattern,
    state: now.state,
    stateBecause: now.because,
    ageSeconds: now.ageSeconds,
    ageLowerSeconds: now.ageLowerSeconds,
    objectiveSeconds: now.objectiveSeconds,
    heldBy: now.heldBy,
    largestHold: now.largestHold,
    lateSince: now.lateSince,
    lastRecordAt: now.lastRecordAt,
    budgetRemaining: null,
    coverage: null,
    replayMarginSeconds: null,
    weakestArea: null,
    ownerGaps: null,
    measuredAt: now.measuredAt,
    lastHour: [...bridgeLast(hour, now), now.ageSeconds],
  };
  return explained(fields, {
    tier: "no contract names one",
    pattern: "no contract names one",
    ageSeconds: now.because,
    ageLowerSeconds: now.because,
    objectiveSeconds: "no contract is in force",
    heldBy: now.heldByBecause ?? "no hop holds the data beyond its step",
    budgetRemaining: NOT_YET,
    coverage: NOT_YET,
    replayMarginSeconds: NOT_YET,
    weakestArea: NOT_YET,
    ownerGaps: NOT_YET,
    measuredAt: now.because,
  });
}

/** The minute that has just ended may not be closed yet: while measuring goes on it is drawn as now, not as a gap. */
function bridgeLast(hour: (number | null)[], now: FeedNow): (number | null)[] {
  if (now.ageSeconds === null || hour.at(-1) !== null) return hour;
  return [...hour.slice(0, -1), now.ageSeconds];
}
