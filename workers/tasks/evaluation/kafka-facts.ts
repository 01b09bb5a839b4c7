import type { ClusterTick } from "#lib/db/evaluation/load-tick.ts";
import type { EventTimeSampleRow, LogSampleRow } from "#lib/db/samples/cluster-rows.ts";
import type { EventPoint, GroupFact, LogFact, Measured } from "#lib/domain/freshness/facts.ts";
import { becauseOf, becauseOfKafka } from "./because.ts";
import type { FeedToEvaluate } from "./feed-to-evaluate.ts";

/** Guaranteed by Kafka's pace: no partition holds 2^53 records, so an offset is exact as a number. */
const exact = (offset: bigint): number => Number(offset);

export function logFacts(topics: Iterable<string>, tick: ClusterTick): Record<string, Measured<LogFact>> {
  return Object.fromEntries([...topics].map((topic) => [topic, logFact(topic, tick)]));
}

function logFact(topic: string, tick: ClusterTick): Measured<LogFact> {
  const row = tick.logs.get(topic);
  if (!row) {
    const { outcome, errorCode, error } = tick.attempt;
    if (outcome === "failed") return { ok: false, because: becauseOf(errorCode, error, `Topic ${topic}`) };
    return { ok: false, because: { code: "not-found", detail: `The cluster did not answer for topic ${topic}.` } };
  }
  const refused = row.errors.find((code) => code !== 0);
  const partitions = row.highWatermarks.map((_, index) => endsAt(row, index));
  if (refused !== undefined && partitions.every((ends) => ends === null)) {
    return { ok: false, because: becauseOfKafka(refused, { kind: "topic", name: topic }) };
  }
  return { ok: true, value: { topicId: row.topicId, partitions } };
}

function endsAt(row: LogSampleRow, index: number) {
  const [high, stable, start] = [row.highWatermarks[index], row.lastStableOffsets[index], row.logStarts[index]];
  if (high == null || stable == null || start == null || (row.errors[index] ?? 0) !== 0) return null;
  if (high < 0n || stable < 0n) return null;
  return { highWatermark: exact(high), lastStableOffset: exact(stable), logStart: Math.max(0, exact(start)) };
}

export function groupFacts(groups: Iterable<string>, tick: ClusterTick): Record<string, Measured<GroupFact>> {
  return Object.fromEntries([...groups].map((group) => [group, groupFact(group, tick)]));
}

export function groupFact(group: string, tick: ClusterTick): Measured<GroupFact> {
  const rows = tick.groups.get(group);
  if (!rows) {
    const { outcome, errorCode, error } = tick.attempt;
    if (outcome === "failed") return { ok: false, because: becauseOf(errorCode, error, `Group ${group}`) };
    return { ok: true, value: {} };
  }
  const refused = rows.find((row) => row.errorCode !== 0);
  if (refused) return { ok: false, because: becauseOfKafka(refused.errorCode, { kind: "group", name: group }) };
  const value: GroupFact = {};
  for (const row of rows) {
    if (row.topic !== "") value[row.topic] = row.offsets.map((offset) => (offset < 0n ? null : exact(offset)));
  }
  return { ok: true, value };
}

/** Event times of this feed's topics, read the way its contract says. */
export function pointsOf(feed: FeedToEvaluate, byTopic: ReadonlyMap<string, EventTimeSampleRow[]>): EventPoint[] {
  return [...feed.eventTimes].flatMap(([topic, how]) =>
    (byTopic.get(topic) ?? []).filter((row) => row.spec === how.key).map((row) => pointOf(row, how.fallback)),
  );
}

function pointOf(row: EventTimeSampleRow, fallback: boolean): EventPoint {
  const recordTimestamp = row.recordTimestamp?.getTime() ?? null;
  return {
    topic: row.topic,
    topicId: row.topicId,
    partition: row.partition,
    offset: exact(row.offset),
    foundOffset: row.foundOffset === null ? null : exact(row.foundOffset),
    emptyUpTo: row.emptyUpTo === null ? null : exact(row.emptyUpTo),
    eventTime: row.eventTime?.getTime() ?? (fallback ? recordTimestamp : null),
    recordTimestamp,
    logAppendTime: row.logAppendTime,
  };
}
