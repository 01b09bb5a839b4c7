import type { EventPoint, LogFact, TickFacts } from "./facts.ts";
import { addPoint, truncatePoints } from "./frontier.ts";
import { arrivedAt, observeEnd } from "./log-history.ts";
import { newPartitionState, newTopicState, type PartitionState, type TopicState } from "./state.ts";

/** Something that happened to a log, for the feed's list of events. */
export interface LogEvent {
  kind: "topic-recreated" | "truncated";
  topic: string;
  partition: number | null;
  text: string;
}

/**
 * Takes a tick's log ends and event times of one topic into its state. `mark` is its writer's tidemark at this tick
 * (null for a source topic): positions were read before the log ends, so all it speaks of lies below them.
 */
export function observeTopic(
  before: TopicState | undefined,
  topic: string,
  fact: LogFact,
  facts: TickFacts,
  mark: number | null,
): { state: TopicState; events: LogEvent[]; arrivals: boolean[] } {
  const events: LogEvent[] = [];
  const recreated = before !== undefined && before.topicId !== fact.topicId;
  if (recreated) events.push(recreatedEvent(topic));
  const old = before === undefined || recreated ? newTopicState(fact.topicId) : before;
  const arrivals: boolean[] = [];
  const partitions = fact.partitions.map((ends, partition) => {
    const known = old.partitions[partition] ?? newPartitionState();
    if (ends === null) return known;
    const previous = known.entries.at(-1);
    arrivals[partition] = previous !== undefined && ends.highWatermark > previous.highWatermark;
    const cut = previous !== undefined && ends.highWatermark < previous.highWatermark;
    if (cut) events.push(truncatedEvent(topic, partition, previous.highWatermark, ends.highWatermark));
    const kept = cut ? truncated(known, ends.highWatermark) : known;
    return { ...kept, entries: observeEnd(kept.entries, { ...ends, mark }, facts.endsAt) };
  });
  for (const point of facts.points) {
    if (point.topic !== topic || point.topicId !== fact.topicId) continue;
    const partition = partitions[point.partition];
    if (partition) partitions[point.partition] = takePoint(partition, point, facts.endsAt);
  }
  const arrived = arrivals.some(Boolean);
  const lastArrivalAt = arrived ? facts.endsAt : (old.lastArrivalAt ?? newestTimestamp(topic, facts));
  return { state: { ...old, partitions, lastArrivalAt }, events, arrivals };
}

function truncated(partition: PartitionState, end: number): PartitionState {
  const entries = partition.entries.filter((e) => e.highWatermark <= end);
  return { entries, points: truncatePoints(partition.points, end), empty: null };
}

function takePoint(partition: PartitionState, point: EventPoint, now: number): PartitionState {
  if (point.foundOffset === null) {
    if (point.emptyUpTo === null) return partition;
    return { ...partition, empty: { from: point.offset, to: point.emptyUpTo } };
  }
  const eventTime = noLaterThanArrival(partition, point, now);
  const skipped = point.foundOffset > point.offset ? { from: point.offset, to: point.foundOffset } : partition.empty;
  if (eventTime === null) return { ...partition, empty: skipped };
  return { ...partition, empty: skipped, points: addPoint(partition.points, point.foundOffset, eventTime) };
}

/** A time from the future counts as the record's arrival. */
function noLaterThanArrival(partition: PartitionState, point: EventPoint, now: number): number | null {
  if (point.eventTime === null || point.foundOffset === null) return null;
  if (point.logAppendTime && point.recordTimestamp !== null) return Math.min(point.eventTime, point.recordTimestamp);
  const arrived = arrivedAt(partition.entries, point.foundOffset) ?? Math.min(point.recordTimestamp ?? now, now);
  return Math.min(point.eventTime, arrived);
}

function newestTimestamp(topic: string, facts: TickFacts): number | null {
  const times = facts.points.filter((p) => p.topic === topic).flatMap((p) => p.recordTimestamp ?? []);
  return times.length === 0 ? null : Math.min(Math.max(...times), facts.endsAt);
}

const recreatedEvent = (topic: string): LogEvent => ({
  kind: "topic-recreated",
  topic,
  partition: null,
  text: `Topic ${topic} was deleted and made anew: offsets start again and older positions no longer count.`,
});

const truncatedEvent = (topic: string, partition: number, from: number, to: number): LogEvent => ({
  kind: "truncated",
  topic,
  partition,
  text: `${topic}/${partition} was cut back from offset ${from} to ${to}: records that were there are gone.`,
});
