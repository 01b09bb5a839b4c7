import { getPool } from "#lib/db/client.ts";
import { listEventTimesAt, type ClusterTick } from "#lib/db/evaluation/load-tick.ts";
import type { TickReader } from "#lib/db/evaluation/tick-reader.ts";
import type { Evaluated } from "#lib/db/evaluation/write-evaluations.ts";
import { advance, type Advance } from "#lib/domain/freshness/advance.ts";
import { latenessTerms } from "#lib/domain/contract/terms.ts";
import { compilePlan } from "#lib/domain/freshness/compile-plan.ts";
import type { TickFacts } from "#lib/domain/freshness/facts.ts";
import type { FeedPlan } from "#lib/domain/freshness/plan.ts";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { newEvaluationState, type EvaluationState } from "#lib/domain/freshness/state.ts";
import { changesBetween } from "#lib/domain/freshness/transitions.ts";
import { log } from "#lib/log.ts";
import { connectorFact } from "./connector-facts.ts";
import type { FeedToEvaluate } from "./feed-to-evaluate.ts";
import { groupFacts, logFacts, pointsOf } from "./kafka-facts.ts";
import { sinkFact } from "./sink-facts.ts";

/** A feed's evaluation as it stands between two ticks. */
export interface Standing {
  tick: Date | null;
  state: EvaluationState;
  reading: FeedReading | null;
  /** Table hops that read their control history again. */
  rewound: string[];
}

export const newStanding = (): Standing => ({ tick: null, state: newEvaluationState(), reading: null, rewound: [] });

/**
 * Carries one feed forward by one tick of its cluster. A feed that cannot be judged (a path that cannot be followed, a
 * fault of ours) gets a reading that says so, and spoils nothing for the others.
 */
export async function evaluateFeed(
  reader: TickReader,
  feed: FeedToEvaluate,
  standing: Standing,
  tick: ClusterTick,
  samplingMs: number,
): Promise<{ evaluated: Evaluated; standing: Standing }> {
  try {
    const connectors = await readConnectors(reader, feed);
    const traits = Object.fromEntries(Object.entries(connectors).map(([hop, known]) => [hop, known.traits]));
    const compiled = compilePlan(feed.contract, feed.version, samplingMs, traits);
    if (!compiled.ok) return unjudged(feed, standing, tick, compiled.because);
    const facts = await factsOf(reader, feed, compiled.plan, standing, tick, connectors);
    const result = advance(compiled.plan, standing.state, facts);
    const { state, reading, rewound } = result;
    const events = eventsOf(standing.reading, result);
    const evaluated = { feedId: feed.feedId, from: standing.tick, tick: tick.tick, state, reading, events };
    return { evaluated, standing: { tick: tick.tick, state, reading, rewound } };
  } catch (error) {
    if (error instanceof Error && "code" in error) throw error; // the database's: the whole run is tried again
    log.error("a feed could not be evaluated", { feed: feed.slug, tick: tick.tick, error: error as Error });
    return unjudged(feed, standing, tick, "Tidemark failed to evaluate this feed; its log says why.");
  }
}

function unjudged(feed: FeedToEvaluate, standing: Standing, tick: ClusterTick, because: string) {
  const at = tick.tick.toISOString();
  const reading: FeedReading = {
    tick: at,
    measuredAt: at,
    state: "unmeasured",
    because,
    ageMs: null,
    ageLowerMs: null,
    tidemark: null,
    objectiveMs: latenessTerms(feed.contract).objectiveMs,
    heldBy: null,
    largestHold: null,
    lateSince: null,
    lastRecordAt: null,
    lateArrivals: { late: 0, of: 0 },
    contractVersion: feed.version,
    hops: [],
  };
  const events = changesBetween(standing.reading, reading);
  const { state } = standing;
  const evaluated = { feedId: feed.feedId, from: standing.tick, tick: tick.tick, state, reading, events };
  return { evaluated, standing: { ...standing, tick: tick.tick, reading } };
}

type Connectors = Record<string, Awaited<ReturnType<typeof connectorFact>>>;

async function readConnectors(reader: TickReader, feed: FeedToEvaluate): Promise<Connectors> {
  const result: Connectors = {};
  for (const { hop, connectId, name } of feed.connectors) result[hop] = await connectorFact(reader, connectId, name);
  return result;
}

async function factsOf(
  reader: TickReader,
  feed: FeedToEvaluate,
  plan: FeedPlan,
  standing: Standing,
  tick: ClusterTick,
  connectors: Connectors,
): Promise<TickFacts> {
  const fresh = standing.tick === null;
  const topics = new Set([
    ...feed.eventTimes.keys(),
    ...plan.hops.flatMap((h) => (h.kind === "topic" ? [h.topic] : h.inputs)),
  ]);
  const groups = plan.hops.flatMap((h) => (h.kind === "processor" || h.kind === "connector" ? [h.group] : []));
  const sinks: TickFacts["sinks"] = {};
  for (const sink of feed.sinks) {
    const config = connectors[sink.connectorHop]?.config ?? {};
    const again = standing.rewound.includes(sink.hop) || !standing.state.hops[sink.connectorHop]?.sink;
    sinks[sink.hop] = await sinkFact(reader, feed, sink, tick, config, again);
  }
  const at = tick.tick.getTime();
  return {
    tick: at,
    positionsAt: tick.attempt.positionsAt?.getTime() ?? at,
    endsAt: tick.attempt.endsAt?.getTime() ?? at,
    logs: logFacts(topics, tick),
    groups: groupFacts(groups, tick),
    members: Object.fromEntries(
      groups.flatMap((g) => (tick.members.has(g) ? [[g, tick.members.get(g) as number]] : [])),
    ),
    points: [...pointsOf(feed, tick.eventTimes), ...(fresh ? await earlierPoints(feed, topics, groups, tick) : [])],
    connectors: Object.fromEntries(Object.entries(connectors).map(([hop, known]) => [hop, known.fact])),
    sinks,
  };
}

const LOOK_BACK_MS = 86_400_000;

/** Records at the groups' positions may have been read long before this feed was: they are not read twice. */
async function earlierPoints(feed: FeedToEvaluate, topics: Set<string>, groups: string[], tick: ClusterTick) {
  const asked = groups.flatMap((group) =>
    (tick.groups.get(group) ?? []).flatMap((row) => {
      const topicId = topics.has(row.topic) ? tick.logs.get(row.topic)?.topicId : undefined;
      if (topicId === undefined) return [];
      return row.offsets.map((offset, partition) => ({ topicId, partition, offset }));
    }),
  );
  const since = new Date(tick.tick.getTime() - LOOK_BACK_MS);
  const rows = await listEventTimesAt(getPool(), feed.clusterId, asked, since);
  return pointsOf(
    feed,
    Map.groupBy(rows, (row) => row.topic),
  );
}

function eventsOf(before: FeedReading | null, result: Advance): Evaluated["events"] {
  const lost = result.lost.map((l) => ({
    kind: `loss-${l.hop}-${l.topic}-${l.partition}`,
    hop: l.hop,
    text: `${l.records} records of ${l.topic}/${l.partition} were deleted before ${l.hop} had passed them.`,
  }));
  const logs = result.events.map((e) => ({
    kind: `${e.kind}-${e.topic}-${e.partition ?? ""}`,
    hop: null,
    text: e.text,
  }));
  return [...changesBetween(before, result.reading), ...logs, ...lost];
}
