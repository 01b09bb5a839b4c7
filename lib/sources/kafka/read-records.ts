import { type Answer, asSourceError, failed, SourceError } from "../source-error.ts";
import { type Deadline, msLeft } from "./deadline.ts";
import { isRoutingError } from "./kafka-errors.ts";
import { partitionKey } from "./partition-map.ts";
import { fetchCall, type FetchedPartition, type FetchTopic } from "./protocol/fetch.ts";
import { listOffsets, noLeader, type OffsetsDeps } from "./read-offsets.ts";
import {
  type Found,
  newSearch,
  OUT_OF_RANGE,
  type Outcome,
  type RecordQuery,
  type Search,
  takePart,
} from "./record-search.ts";
import { canonicalId, forEach, type TopicInfo } from "./routing.ts";

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
  let pending = await route(deps, ascending(queries.map(newSearch)), answers, budget.deadline);
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
    const unanswered = later.filter((search) => !answerFrom(round.parts, search, answers, deps.links.principal));
    // What came back short goes last, so that a large batch does not keep the others waiting.
    pending = [...unanswered, ...again];
  }
  return { answers, bytes };
}

/** In each partition from the lowest offset on, so that what is fetched for one holds more of the others. */
function ascending(searches: readonly Search[]): Search[] {
  const groups = Map.groupBy(searches, ({ query }) => partitionKey(query)).values();
  return [...groups].flatMap((some) => some.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)));
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

async function fetchRound(deps: OffsetsDeps, searches: readonly Search[], maxBytes: number, deadline: Deadline) {
  const outcomes: { search: Search; outcome: Outcome }[] = [];
  const parts = new Map<string, FetchedFrom>();
  let bytes = 0;
  const byLeader = Map.groupBy(searches, ({ leader }) => leader);
  const isolation = searches[0]?.query.isolation === "read_uncommitted" ? 0 : 1;
  const replies = await forEach(byLeader.keys(), (leader) =>
    deps.links.link(leader).call(fetchCall, deadline, isolation, maxBytes, fetchTopics(byLeader.get(leader) ?? [])),
  );
  for (const [leader, reply] of replies) {
    const asked = byLeader.get(leader) ?? [];
    const fetched = reply.ok ? partsByKey(reply.value.topics) : null;
    for (const search of asked) {
      const part =
        fetched?.get(partKey(search.topicId, search.query.partition)) ??
        fetched?.get(partKey(search.query.topic, search.query.partition));
      bytes += part?.records?.length ?? 0;
      if (!reply.ok) outcomes.push({ search, outcome: failed(reply.error) });
      else if (part) {
        parts.set(partitionKey(search.query), { part, from: search.at, isolation: search.query.isolation });
        outcomes.push(takePart(search, part, deps.links.principal));
      } else
        outcomes.push({
          search,
          outcome: failed(new SourceError("malformed", `Nothing was told of ${search.query.topic}`)),
        });
    }
  }
  return { outcomes, parts, bytes };
}

interface FetchedFrom {
  part: FetchedPartition;
  from: bigint;
  isolation: RecordQuery["isolation"];
}

/** What was fetched for one query often holds the record of another: positions lie close to each other. */
function answerFrom(
  parts: ReadonlyMap<string, FetchedFrom>,
  search: Search,
  answers: RecordsRead["answers"],
  principal: string,
): boolean {
  const fetched = parts.get(partitionKey(search.query));
  if (!fetched || fetched.isolation !== search.query.isolation || fetched.from > search.at) return false;
  const { outcome } = takePart(search, fetched.part, principal);
  if (typeof outcome === "string" || !outcome.ok || outcome.value.record === null) return false;
  answers[search.index] = outcome;
  return true;
}

function fetchTopics(searches: readonly Search[]): FetchTopic[] {
  return [...Map.groupBy(searches, ({ query }) => query.topic)].map(([name, some]) => ({
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
