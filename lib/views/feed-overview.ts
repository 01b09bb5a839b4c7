import type { Actor } from "#lib/auth/actor.ts";
import { listFeedEvents } from "#lib/db/evaluation/read-feed-events.ts";
import { readUsualHolds } from "#lib/db/evaluation/read-feed-minutes.ts";
import { findEarlierReading } from "#lib/db/evaluation/read-feed-readings.ts";
import type { FeedWithReading } from "#lib/db/evaluation/read-feed.ts";
import { samplingIntervalSeconds, staleBefore } from "#lib/db/evaluation/stale-after.ts";
import { durationMs } from "#lib/domain/contract/duration.ts";
import type { FeedContract } from "#lib/domain/contract/feed-contract.ts";
import { recoveryOwner } from "#lib/domain/contract/owners.ts";
import type { EventTimeSpec } from "#lib/domain/contract/sources-clause.ts";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import type { AgeSeries } from "./age-series.ts";
import { readAgeSeries, type FreshnessRange } from "./feed-freshness.ts";
import { feedNow, type FeedNow } from "./feed-now.ts";
import { getFeedSeenBy, objectiveMsOf } from "./get-feed.ts";
import { earlierHolds, pacesOf, sourceRate } from "./pace.ts";
import { troubleOf, type Trouble } from "./trouble.ts";

export const OVERVIEW_RANGES = ["1h", "3h", "24h"] as const;
export type OverviewRange = (typeof OVERVIEW_RANGES)[number];

export interface ContractInForce {
  version: number;
  inForceSince: string | null;
  description: string | null;
  recoveryOwner: string;
  runbook: string | null;
  targetLabel: string;
  /** Source topic → where its event time is read: `record timestamp`, `header ts`, `$.event_time`. */
  eventTimes: { topic: string; from: string }[];
  /** The shortest silence that the contract does not allow. */
  maxSilenceSeconds: number | null;
}

export interface FeedEvent {
  id: string;
  at: string;
  kind: string;
  hop: string | null;
  text: string;
}

export interface FeedOverview {
  slug: string;
  name: string;
  tier: string | null;
  pattern: string | null;
  contract: ContractInForce | null;
  now: FeedNow;
  trouble: Trouble | null;
  /** Hop → median hold of the good minutes of the last day, seconds; absent where fewer than ten are known. */
  usualHolds: Record<string, number>;
  /** Hop → how fast its tidemark moved over the last five minutes; 1 keeps up, 0 does not move. */
  paces: Record<string, number>;
  /** How things stood some minutes before: hop → its hold in seconds; null when that is not known. */
  earlier: { secondsBefore: number; holds: Record<string, number> } | null;
  /** Offsets a second that the source topics grew by over the last five minutes; null when not known. */
  sourceRate: number | null;
  range: OverviewRange;
  series: AgeSeries;
  events: FeedEvent[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const RANGE: Readonly<Record<OverviewRange, { hours: number; everyTick: boolean }>> = {
  "1h": { hours: 1, everyTick: true },
  "3h": { hours: 3, everyTick: false },
  "24h": { hours: 24, everyTick: false },
};
const EVENTS = 12;

export const parseOverviewRange = (text: string | null | undefined): OverviewRange =>
  OVERVIEW_RANGES.find((range) => range === text) ?? "1h";

/** The overview page of a feed, and `GET /api/v1/feeds/{slug}/overview?range=1h|3h|24h` that it polls. */
export async function feedOverview(
  actor: Actor,
  slug: string,
  range: OverviewRange,
  now = new Date(),
): Promise<FeedOverview> {
  const feed = await getFeedSeenBy(actor, slug);
  const current = feedNow(feed.reading, objectiveMsOf(feed), staleBefore(now));
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  const [series, events, usual, earlier] = await Promise.all([
    readAgeSeries(feed.id, rangeBefore(range, now), current, now),
    listFeedEvents(feed.id, now, EVENTS),
    readUsualHolds(feed.id, new Date(minute.getTime() - 24 * HOUR_MS), new Date(minute.getTime() - 2 * MINUTE_MS)),
    findBefore(feed),
  ]);
  const live = current.lastKnown === null ? feed.reading : null;
  const paces = pacesOf(live, earlier);
  return {
    slug: feed.slug,
    name: feed.name === "" ? feed.slug : feed.name,
    tier: feed.tier,
    pattern: feed.pattern,
    contract: contractInForce(feed.contract),
    now: current,
    trouble: troubleOf(current, paces, now.toISOString()),
    usualHolds: Object.fromEntries(Object.entries(usual).map(([hop, ms]) => [hop, Math.round(ms) / 1000])),
    paces,
    earlier: earlierHolds(live, earlier),
    sourceRate: sourceRate(live, earlier),
    range,
    series,
    events: events.map(({ id, at, kind, hop, text }) => ({ id: String(id), at: at.toISOString(), kind, hop, text })),
  };
}

/** How things stood five minutes before the newest reading, give or take two. */
async function findBefore(feed: FeedWithReading): Promise<FeedReading | null> {
  if (feed.tick === null) return null;
  const tick = feed.tick.getTime();
  return findEarlierReading(feed.id, new Date(tick - 7 * MINUTE_MS), new Date(tick - 5 * MINUTE_MS));
}

function rangeBefore(range: OverviewRange, now: Date): FreshnessRange {
  const { hours, everyTick } = RANGE[range];
  const tick = samplingIntervalSeconds();
  const stepSeconds = everyTick && tick < 60 ? Math.max(tick, 5) : 60;
  const stepMs = stepSeconds * 1000;
  const to = Math.ceil(now.getTime() / stepMs) * stepMs;
  return { from: new Date(to - hours * HOUR_MS), to: new Date(to), stepSeconds };
}

function contractInForce(contract: FeedWithReading["contract"]): ContractInForce | null {
  if (contract === null) return null;
  const { version, inForceSince, document } = contract;
  const silences = document.sources.topics.flatMap((topic) => (topic.maxSilence ? [durationMs(topic.maxSilence)] : []));
  return {
    version,
    inForceSince: inForceSince?.toISOString() ?? null,
    description: document.metadata.description ?? null,
    recoveryOwner: recoveryOwner(document.owners),
    runbook: document.replay?.runbook ?? null,
    targetLabel: targetLabel(document.target),
    eventTimes: document.sources.topics.map((topic) => ({ topic: topic.name, from: eventTimeLabel(topic.eventTime) })),
    maxSilenceSeconds: silences.length === 0 ? null : Math.min(...silences) / 1000,
  };
}

function eventTimeLabel(spec: EventTimeSpec): string {
  switch (spec.in) {
    case "record":
      return "record timestamp";
    case "header":
      return `header ${spec.name}`;
    case "payload":
      return spec.path;
  }
}

function targetLabel(target: FeedContract["target"]): string {
  switch (target.kind) {
    case "topic":
      return target.topic;
    case "custom":
      return target.name;
    case "iceberg":
    case "delta":
    case "hudi":
    case "sql":
      return target.table;
  }
}
