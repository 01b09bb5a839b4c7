import { type Answer, answered, asSourceError, failed, SourceError } from "../source-error.ts";
import { kafkaError } from "./kafka-errors.ts";
import type { TopicPartition } from "./partition-map.ts";
import type { FetchedPartition } from "./protocol/fetch.ts";
import type { Isolation } from "./read-offsets.ts";
import { type KafkaRecord, walkRecords } from "./record-batches.ts";

/** A record to find: the first at or after `offset`, or the last before it. */
export interface RecordQuery extends TopicPartition {
  offset: bigint;
  find: "at-or-after" | "before";
  isolation: Isolation;
}

/**
 * `none` proves that no data record lies in [offset, emptyUpTo) (for `before`, in [emptyUpTo, offset)): transaction
 * markers, aborted or compacted records. `emptyUpTo` equal to the offset is simply the end of the log.
 */
export type Found = { record: KafkaRecord } | { record: null; emptyUpTo: bigint };

const FIRST_LIMIT = 16 * 1024;
const LARGEST_LIMIT = 16 * 1024 * 1024;
/** How far `before` looks back, step by step, over markers. */
const STEPS_BACK = [1n, 16n, 256n, 4096n] as const;

/** One query on its way. `at` is the offset asked for next; `limit` grows when a batch does not fit. */
export interface Search {
  query: RecordQuery;
  index: number;
  at: bigint;
  limit: number;
  step: number;
  best: KafkaRecord | null;
  retried: boolean;
  topicId: string;
  leader: number;
}

export function newSearch(query: RecordQuery, index: number): Search {
  const at = query.find === "before" ? stepBack(query, 0) : query.offset;
  return { query, index, at, limit: FIRST_LIMIT, step: 0, best: null, retried: false, topicId: "", leader: -1 };
}

function stepBack(query: RecordQuery, step: number): bigint {
  const at = query.offset - (STEPS_BACK[step] ?? 1n);
  return at > 0n ? at : 0n;
}

export type Outcome = Answer<Found> | "again" | "out-of-range";

export const OUT_OF_RANGE = 1;

/** What one fetched partition says to a search. */
export function takePart(
  search: Search,
  part: FetchedPartition,
  principal: string,
): { search: Search; outcome: Outcome } {
  const { query } = search;
  if (part.errorCode === OUT_OF_RANGE) return { search, outcome: "out-of-range" };
  if (part.errorCode !== 0) {
    const subject = { kind: "topic", name: query.topic, needs: "READ" } as const;
    return { search, outcome: failed(kafkaError(part.errorCode, subject, principal)) };
  }
  try {
    return query.find === "before" ? takeBefore(search, part) : takeAfter(search, part);
  } catch (error) {
    return { search, outcome: failed(asSourceError(error)) };
  }
}

function takeAfter(search: Search, part: FetchedPartition): { search: Search; outcome: Outcome } {
  const end = search.query.isolation === "read_committed" ? part.lastStableOffset : part.highWatermark;
  const none = (emptyUpTo: bigint): Outcome => answered({ record: null, emptyUpTo });
  if (search.at >= end) return { search, outcome: none(search.at) };
  const walk = walkRecords(part.records ?? Buffer.alloc(0), search.at, part.aborted);
  const first = walk.next();
  if (!first.done) return { search, outcome: answered({ record: first.value }) };
  if (first.value.batches === 0) return needMore(search);
  const next = first.value.next ?? search.at;
  if (next >= end) return { search, outcome: none(end) };
  return { search: { ...search, at: next > search.at ? next : search.at + 1n }, outcome: "again" };
}

function takeBefore(search: Search, part: FetchedPartition): { search: Search; outcome: Outcome } {
  const { query } = search;
  let best = search.best;
  const walk = walkRecords(part.records ?? Buffer.alloc(0), search.at, part.aborted);
  let item = walk.next();
  for (; !item.done; item = walk.next()) {
    if (item.value.offset >= query.offset) break;
    best = item.value;
  }
  const next = item.done ? item.value.next : query.offset;
  if (item.done && item.value.batches === 0 && search.at < query.offset) return needMore({ ...search, best });
  if (next !== null && next < query.offset) return { search: { ...search, at: next, best }, outcome: "again" };
  if (best !== null) return { search, outcome: answered({ record: best }) };
  const from = stepBack(query, search.step);
  const step = search.step + 1;
  if (from <= part.logStart || step >= STEPS_BACK.length) {
    return { search, outcome: answered({ record: null, emptyUpTo: from > part.logStart ? from : part.logStart }) };
  }
  const back = stepBack(query, step);
  return { search: { ...search, step, at: back > part.logStart ? back : part.logStart, best: null }, outcome: "again" };
}

function needMore(search: Search): { search: Search; outcome: Outcome } {
  if (search.limit >= LARGEST_LIMIT) {
    const { topic, partition } = search.query;
    const message = `${topic}/${partition} holds a batch larger than ${LARGEST_LIMIT / 1024 / 1024} MiB at offset ${search.at}`;
    return { search, outcome: failed(new SourceError("too-large", message)) };
  }
  return { search: { ...search, limit: Math.min(search.limit * 4, LARGEST_LIMIT) }, outcome: "again" };
}
