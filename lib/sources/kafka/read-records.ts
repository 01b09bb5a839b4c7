import { type Answer, answered, asSourceError, failed, SourceError } from "../source-error.ts";
import { type Deadline, msLeft } from "./deadline.ts";
import { isRoutingError, kafkaError } from "./kafka-errors.ts";
import { groupBy, partitionKey, type TopicPartition } from "./partition-map.ts";
import { fetchCall, type FetchedPartition, type FetchTopic } from "./protocol/fetch.ts";
import { type Isolation, listOffsets, noLeader, type OffsetsDeps } from "./read-offsets.ts";
import { type KafkaRecord, walkRecords } from "./record-batches.ts";
import { canonicalId, forEach, type TopicInfo } from "./routing.ts";

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

export interface RecordsRead {
  /** In the order of the queries; null was left for another time, because the byte or time budget was spent. */
  answers: (Answer<Found> | null)[];
  bytes: number;
}

export interface RecordBudget {
  deadline: Deadline;
  /** For all record data of this call. */
  maxBytes: number;
}

const FIRST_LIMIT = 16 * 1024;
const LARGEST_LIMIT = 16 * 1024 * 1024;
/** How far `before` looks back, step by step, over markers. */
const STEPS_BACK = [1n, 16n, 256n, 4096n] as const;

/** One query on its way. `at` is the offset asked for next; `limit` grows when a batch does not fit. */
interface Search {
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

/**
 * Finds records, one request a broker and round; a round holds at most one query a partition and read isolation. The byte
 * limit of a partition grows until a whole batch fits, so "no record there" is never confused with "need more bytes".
 */
export async function findRecords(
  deps: OffsetsDeps,
  queries: readonly RecordQuery[],
  budget: RecordBudget,
): Promise<RecordsRead> {
  const answers: RecordsRead["answers"] = queries.map(() => null);
  let bytes = 0;
  let pending = await route(deps, queries.map(newSearch), answers, budget.deadline);
  while (pending.length > 0 && bytes < budget.maxBytes && msLeft(budget.deadline) > 0) {
    const { now, later } = oneRound(pending);
    const round = await fetchRound(deps, now, budget.maxBytes - bytes, budget.deadline);
    bytes += round.bytes;
    const again: Search[] = [];
    const moved: Search[] = [];
    const overtaken: Search[] = [];
    for (const { search, outcome } of round.outcomes) {
      if (outcome === "again") again.push(search);
      else if (outcome === "out-of-range") overtaken.push(search);
      else if (!outcome.ok && isRoutingError(outcome.error) && !search.retried)
        moved.push({ ...search, retried: true });
      else answers[search.index] = outcome;
    }
    if (moved.length > 0) {
      deps.routing.forgetTopics(new Set(moved.map(({ query }) => query.topic)));
      again.push(...(await route(deps, moved, answers, budget.deadline)));
    }
    again.push(...(await toLogStart(deps, overtaken, answers, budget.deadline)));
    // What came back short goes last, so that a large batch does not keep the others waiting.
    pending = [...later, ...again];
  }
  return { answers, bytes };
}

function newSearch(query: RecordQuery, index: number): Search {
  const at = query.find === "before" ? stepBack(query, 0) : query.offset;
  return { query, index, at, limit: FIRST_LIMIT, step: 0, best: null, retried: false, topicId: "", leader: -1 };
}

function stepBack(query: RecordQuery, step: number): bigint {
  const at = query.offset - (STEPS_BACK[step] ?? 1n);
  return at > 0n ? at : 0n;
}

async function route(
  deps: OffsetsDeps,
  searches: readonly Search[],
  answers: RecordsRead["answers"],
  deadline: Deadline,
): Promise<Search[]> {
  const names = [...new Set(searches.map(({ query }) => query.topic))];
  const infos = await deps.routing.topics(names, deadline).catch((error: unknown) => asSourceError(error));
  return searches.flatMap((search) => {
    const info: Answer<TopicInfo> | undefined =
      infos instanceof SourceError ? failed(infos) : infos.get(search.query.topic);
    const leader = info?.ok ? info.value.leaders[search.query.partition] : null;
    if (info?.ok && leader != null) return [{ ...search, topicId: info.value.topicId, leader }];
    answers[search.index] = failed(info && !info.ok ? info.error : noLeader(search.query));
    return [];
  });
}

/** A Fetch answers a partition once and has one isolation: the rest waits for the next round. */
function oneRound(pending: readonly Search[]): { now: Search[]; later: Search[] } {
  const isolation = pending[0]?.query.isolation;
  const taken = new Set<string>();
  const now: Search[] = [];
  const later: Search[] = [];
  for (const search of pending) {
    const key = partitionKey(search.query);
    if (search.query.isolation !== isolation || taken.has(key)) later.push(search);
    else {
      taken.add(key);
      now.push(search);
    }
  }
  return { now, later };
}

type Outcome = Answer<Found> | "again" | "out-of-range";

async function fetchRound(deps: OffsetsDeps, searches: readonly Search[], maxBytes: number, deadline: Deadline) {
  const outcomes: { search: Search; outcome: Outcome }[] = [];
  let bytes = 0;
  const byLeader = groupBy(searches, ({ leader }) => leader);
  const isolation = searches[0]?.query.isolation === "read_uncommitted" ? 0 : 1;
  const replies = await forEach(byLeader.keys(), (leader) =>
    deps.links.link(leader).call(fetchCall, deadline, isolation, maxBytes, fetchTopics(byLeader.get(leader) ?? [])),
  );
  for (const [leader, reply] of replies) {
    const asked = byLeader.get(leader) ?? [];
    const parts = reply.ok ? partsByKey(reply.value.topics) : null;
    for (const search of asked) {
      const part =
        parts?.get(partKey(search.topicId, search.query.partition)) ??
        parts?.get(partKey(search.query.topic, search.query.partition));
      bytes += part?.records?.length ?? 0;
      if (!reply.ok) outcomes.push({ search, outcome: failed(reply.error) });
      else if (part) outcomes.push(takePart(deps, search, part));
      else
        outcomes.push({
          search,
          outcome: failed(new SourceError("malformed", `Nothing was told of ${search.query.topic}`)),
        });
    }
  }
  return { outcomes, bytes };
}

function fetchTopics(searches: readonly Search[]): FetchTopic[] {
  return [...groupBy(searches, ({ query }) => query.topic)].map(([name, some]) => ({
    name,
    topicId: some[0]?.topicId ?? "",
    partitions: some.map(({ query, at, limit }) => ({ partition: query.partition, fetchOffset: at, maxBytes: limit })),
  }));
}

const partKey = (topic: string, partition: number) => `${topic}/${partition}`;

function partsByKey(
  topics: readonly { topic: string; partitions: FetchedPartition[] }[],
): Map<string, FetchedPartition> {
  const parts = new Map<string, FetchedPartition>();
  for (const { topic, partitions } of topics) {
    const name = /^[0-9a-f]{32}$/.test(topic) ? canonicalId(topic) : topic;
    for (const part of partitions) parts.set(partKey(name, part.partition), part);
  }
  return parts;
}

const OUT_OF_RANGE = 1;

function takePart(deps: OffsetsDeps, search: Search, part: FetchedPartition): { search: Search; outcome: Outcome } {
  const { query } = search;
  if (part.errorCode === OUT_OF_RANGE) return { search, outcome: "out-of-range" };
  if (part.errorCode !== 0) {
    const subject = { kind: "topic", name: query.topic, needs: "READ" } as const;
    return { search, outcome: failed(kafkaError(part.errorCode, subject, deps.links.principal)) };
  }
  try {
    return query.find === "before" ? takeBefore(search, part) : takeAfter(search, part);
  } catch (error) {
    return { search, outcome: failed(asSourceError(error)) };
  }
}

/** Retention overtook the offset: what is left begins at the log start, which the broker does not tell with that error. */
async function toLogStart(
  deps: OffsetsDeps,
  overtaken: readonly Search[],
  answers: RecordsRead["answers"],
  deadline: Deadline,
): Promise<Search[]> {
  if (overtaken.length === 0) return [];
  const places = overtaken.map(({ query }) => query);
  const starts = await listOffsets(deps, places, "start", "read_uncommitted", deadline);
  return overtaken.flatMap((search) => {
    const start = starts.get(partitionKey(search.query));
    if (start?.ok && start.value.offset > search.at) return [{ ...search, at: start.value.offset }];
    const { topic, partition } = search.query;
    const beyond = new SourceError("error", `${topic}/${partition} has no offset ${search.at}`, {
      kafkaCode: OUT_OF_RANGE,
    });
    answers[search.index] = failed(start && !start.ok ? start.error : beyond);
    return [];
  });
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
