import { type Answer, answered, failed } from "../source-error.ts";
import type { Deadline } from "./deadline.ts";
import { kafkaError } from "./kafka-errors.ts";
import { fetchCall, type FetchedPartition } from "./protocol/fetch.ts";
import { partitionKey } from "./partition-map.ts";
import { type Isolation, listOffsets, noLeader, type OffsetsDeps } from "./read-offsets.ts";
import { type KafkaRecord, walkRecords } from "./record-batches.ts";
import { forEach } from "./routing.ts";

export interface TailPart {
  topicId: string;
  records: KafkaRecord[];
  /** Where to go on: everything below was looked at. */
  next: bigint;
  /** Whether `next` is the end of what may be read now. */
  isAtEnd: boolean;
  /** Offsets from the one asked for up to the log start, which are gone; 0 when nothing is. */
  skipped: bigint;
  /** The log ended before the offset asked for: it was cut back or made anew, and was read from its start. */
  isRestarted: boolean;
}

export interface TailBudget {
  deadline: Deadline;
  maxBytesPerPartition: number;
}

const FIRST_LIMIT = 256 * 1024;
const LARGEST_LIMIT = 16 * 1024 * 1024;
const OUT_OF_RANGE = 1;

/**
 * All records of a topic from the given offsets on (partition → offset; a partition not given is read from its start), as
 * far as the budget goes. Partitions are read apart: a bad one spoils no other.
 */
export async function tail(
  deps: OffsetsDeps,
  topic: string,
  from: ReadonlyMap<number, bigint>,
  isolation: Isolation,
  budget: TailBudget,
): Promise<Answer<Map<number, Answer<TailPart>>>> {
  const info = (await deps.routing.topics([topic], budget.deadline)).get(topic);
  if (!info?.ok) return info ?? failed(noLeader({ topic, partition: 0 }));
  const { topicId, leaders } = info.value;
  const parts = await forEach(leaders.keys(), async (partition) => {
    const leader = leaders[partition];
    if (leader == null) throw noLeader({ topic, partition });
    return tailPartition(deps, { topic, topicId, partition, leader }, from.get(partition) ?? 0n, isolation, budget);
  });
  return answered(parts);
}

interface Place {
  topic: string;
  topicId: string;
  partition: number;
  leader: number;
}

async function tailPartition(
  deps: OffsetsDeps,
  place: Place,
  from: bigint,
  isolation: Isolation,
  budget: TailBudget,
): Promise<TailPart> {
  const { topic: name, topicId, partition, leader } = place;
  const level = isolation === "read_committed" ? 1 : 0;
  const part: TailPart = { topicId, records: [], next: from, isAtEnd: false, skipped: 0n, isRestarted: false };
  let limit = FIRST_LIMIT;
  for (let read = 0; read < budget.maxBytesPerPartition && !part.isAtEnd;) {
    const asked = [{ topicId, name, partitions: [{ partition, fetchOffset: part.next, maxBytes: limit }] }];
    const answer = await deps.links.link(leader).call(fetchCall, budget.deadline, level, limit, asked);
    const got = answer.topics[0]?.partitions[0];
    if (!got) throw kafkaError(answer.errorCode, { kind: "topic", name, needs: "READ" }, deps.links.principal);
    if (got.errorCode === OUT_OF_RANGE && (await goToStart(deps, place, part, budget.deadline))) continue;
    if (got.errorCode !== 0) {
      deps.routing.forgetTopics([name]);
      throw kafkaError(got.errorCode, { kind: "topic", name, needs: "READ" }, deps.links.principal);
    }
    read += Math.max(got.records?.length ?? 0, 1024);
    const before = part.next;
    takeRecords(part, got, isolation);
    if (part.next > before || part.isAtEnd) continue;
    if (limit >= LARGEST_LIMIT) break;
    limit = Math.min(limit * 4, LARGEST_LIMIT);
  }
  return part;
}

/** Nothing is at that offset: retention overtook it, or the log is another one. The start of the log is where to go on. */
async function goToStart(deps: OffsetsDeps, place: Place, part: TailPart, deadline: Deadline): Promise<boolean> {
  if (part.isRestarted || part.skipped > 0n) return false;
  const starts = await listOffsets(deps, [place], "start", "read_uncommitted", deadline);
  const start = starts.get(partitionKey(place));
  if (!start?.ok) return false;
  if (start.value.offset > part.next) part.skipped = start.value.offset - part.next;
  else part.isRestarted = true;
  part.next = start.value.offset;
  return true;
}

function takeRecords(part: TailPart, got: FetchedPartition, isolation: Isolation): void {
  const end = isolation === "read_committed" ? got.lastStableOffset : got.highWatermark;
  const walk = walkRecords(
    got.records ?? Buffer.alloc(0),
    part.next,
    isolation === "read_committed" ? got.aborted : [],
  );
  let item = walk.next();
  for (; !item.done; item = walk.next()) {
    if (item.value.offset < end) part.records.push(item.value);
  }
  const next = item.value.next;
  if (next !== null && next > part.next) part.next = next < end ? next : end;
  part.isAtEnd = part.next >= end;
}
