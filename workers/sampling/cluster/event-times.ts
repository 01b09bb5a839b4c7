import type { EventTimeSampleRow } from "#lib/db/samples/cluster-rows.ts";
import type { EventTimeSpec } from "#lib/domain/contract/sources-clause.ts";
import { eventTimeKey } from "#lib/domain/freshness/event-time-key.ts";
import type { ClusterReader } from "#lib/sources/kafka/cluster-reader.ts";
import type { Deadline } from "#lib/sources/kafka/deadline.ts";
import { type AvroDecoder, type EventTimeRead, readEventTime } from "#lib/sources/kafka/event-time.ts";
import { partitionKey, type TopicPartition } from "#lib/sources/kafka/partition-map.ts";
import type { TopicEnds } from "#lib/sources/kafka/read-offsets.ts";
import type { Found, RecordQuery } from "#lib/sources/kafka/record-search.ts";
import type { KafkaRecord } from "#lib/sources/kafka/record-batches.ts";
import { type Answer, asSourceError, type SourceError } from "#lib/sources/source-error.ts";
import { PartitionPoints } from "./partition-points.ts";

/** A next offset that somebody stands at. */
export interface Position extends TopicPartition {
  offset: bigint;
}

export interface EventTimesAsk {
  /** Topics whose event time matters, each with the ways it is read. */
  specs: ReadonlyMap<string, readonly EventTimeSpec[]>;
  ends: ReadonlyMap<string, Answer<TopicEnds>>;
  positions: readonly Position[];
  /** Topic → what decodes its Avro payloads. */
  avro: ReadonlyMap<string, AvroDecoder>;
  deadline: Deadline;
}

export interface EventTimesRead {
  rows: EventTimeSampleRow[];
  errors: SourceError[];
}

/** Record data fetched in one tick, at most. What is left is read at the next one. */
const BYTES_A_TICK = 32 * 1024 * 1024;

interface Wanted {
  query: RecordQuery;
  points: PartitionPoints;
  topicId: string;
  highWatermark: bigint;
}

/**
 * Reads event times where the model needs them: of the last record of each partition that moved, and of the first record at
 * or after every position that was seen. Each is read once: an offset's record never changes.
 */
export class EventTimes {
  private readonly reader: ClusterReader;
  /** Topic id and partition → what is known of it. */
  private readonly partitions = new Map<string, PartitionPoints>();
  private readonly known: ReadonlySet<string>;
  private turn = 0;

  /** @param known keys `<topicId>/<partition>/<offset>/<spec>` read before this process began */
  constructor(reader: ClusterReader, known: ReadonlySet<string> = new Set()) {
    this.reader = reader;
    this.known = known;
  }

  async read(ask: EventTimesAsk): Promise<EventTimesRead> {
    const standing = Map.groupBy(ask.positions, partitionKey);
    const wanted = this.rotate([...ask.specs.keys()].flatMap((topic) => this.wantedOf(topic, ask, standing)));
    const budget = { deadline: ask.deadline, maxBytes: BYTES_A_TICK };
    const { answers } = await this.reader.findRecords(
      wanted.map(({ query }) => query),
      budget,
    );
    const read: EventTimesRead = { rows: [], errors: [] };
    for (const [index, one] of wanted.entries()) {
      const answer = answers[index];
      if (answer) await this.take(one, answer, ask, read);
    }
    return read;
  }

  private wantedOf(topic: string, ask: EventTimesAsk, standing: ReadonlyMap<string, Position[]>): Wanted[] {
    const ends = ask.ends.get(topic);
    if (!ends?.ok) return [];
    const { topicId, highWatermarks, lastStableOffsets } = ends.value;
    return highWatermarks.flatMap((highWatermark, partition) => {
      const lastStableOffset = lastStableOffsets[partition];
      if (highWatermark === null || lastStableOffset == null) return [];
      const points = this.pointsOf(topic, topicId, partition, ask.specs.get(topic) ?? []);
      points.observe({ highWatermark, lastStableOffset });
      for (const { offset } of standing.get(partitionKey({ topic, partition })) ?? []) points.stand(offset);
      const queries = points.queries({ highWatermark, lastStableOffset });
      return queries.map((query) => ({ query: { topic, partition, ...query }, points, topicId, highWatermark }));
    });
  }

  private pointsOf(
    topic: string,
    topicId: string,
    partition: number,
    specs: readonly EventTimeSpec[],
  ): PartitionPoints {
    const place = `${topicId}/${partition}`;
    const keys = specs.map(eventTimeKey);
    const isKnown = (offset: bigint) => keys.every((key) => this.known.has(`${place}/${offset}/${key}`));
    const kept = this.partitions.get(place);
    if (kept && kept.specs === keys.join("\n")) return kept;
    const made = new PartitionPoints(keys.join("\n"), isKnown);
    this.partitions.set(place, made);
    return made;
  }

  /** Begins elsewhere each tick, so that a budget that is too small starves nobody. */
  private rotate<T>(items: T[]): T[] {
    if (items.length === 0) return items;
    const from = this.turn++ % items.length;
    return [...items.slice(from), ...items.slice(0, from)];
  }

  private async take(one: Wanted, answer: Answer<Found>, ask: EventTimesAsk, read: EventTimesRead): Promise<void> {
    const { query, points } = one;
    if (!answer.ok) {
      read.errors.push(answer.error);
      return;
    }
    const specs = ask.specs.get(query.topic) ?? [];
    if (answer.value.record === null) {
      const isNews = points.foundNone(query, answer.value.emptyUpTo);
      if (isNews) read.rows.push(...specs.map((spec) => emptyRow(one, spec, answer.value)));
      return;
    }
    const { record } = answer.value;
    const avro = ask.avro.get(query.topic) ?? null;
    try {
      for (const spec of specs) read.rows.push(rowOf(one, record, spec, await readEventTime(record, spec, avro)));
      points.foundRecord(query, record.offset);
    } catch (error) {
      // The registry is away: the record is read again at the next tick.
      read.errors.push(asSourceError(error));
    }
  }
}

function emptyRow({ query, topicId }: Wanted, spec: EventTimeSpec, found: Found): EventTimeSampleRow {
  return {
    ...placeOf(query, topicId, spec),
    offset: query.offset,
    foundOffset: null,
    emptyUpTo: found.record === null ? found.emptyUpTo : null,
    recordTimestamp: null,
    logAppendTime: false,
    eventTime: null,
    unreadable: null,
  };
}

/** The last record of a partition is kept under its own offset, one found at or after a position under the position. */
function rowOf(
  { query, topicId }: Wanted,
  record: KafkaRecord,
  spec: EventTimeSpec,
  time: EventTimeRead,
): EventTimeSampleRow {
  return {
    ...placeOf(query, topicId, spec),
    offset: query.find === "before" ? record.offset : query.offset,
    foundOffset: record.offset,
    emptyUpTo: null,
    recordTimestamp: time.recordTimestampMs < 0 ? null : new Date(time.recordTimestampMs),
    logAppendTime: time.logAppendTime,
    eventTime: time.eventTimeMs === null ? null : new Date(time.eventTimeMs),
    unreadable: time.unreadable,
  };
}

function placeOf({ topic, partition }: RecordQuery, topicId: string, spec: EventTimeSpec) {
  return { topic, topicId, partition, spec: eventTimeKey(spec) };
}

/** Positions without doubles. */
export function uniquePositions(positions: readonly Position[]): Position[] {
  return [...new Map(positions.map((one) => [`${partitionKey(one)}/${one.offset}`, one])).values()];
}
