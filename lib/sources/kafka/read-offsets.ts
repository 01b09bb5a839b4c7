import { type Answer, answered, failed, SourceError } from "../source-error.ts";
import type { ClusterLinks } from "./cluster-links.ts";
import type { Deadline } from "./deadline.ts";
import { isRoutingError, kafkaError } from "./kafka-errors.ts";
import { partitionKey, type TopicPartition } from "./partition-map.ts";
import { listOffsetsCall } from "./protocol/list-offsets.ts";
import { forEach, type Routing } from "./routing.ts";

/**
 * What ListOffsets is asked for: a timestamp in ms, or one of the named places. `earliest-record` is the first record with
 * its timestamp; `max-timestamp` counts transaction markers too, so it is not "the newest event".
 */
export type OffsetSpec = keyof typeof PLACES | { timestampMs: number };
export type Isolation = "read_committed" | "read_uncommitted";

const PLACES = {
  end: -1n,
  start: -2n,
  "earliest-record": 0n,
  "max-timestamp": -3n,
  "earliest-local": -4n,
  "latest-tiered": -5n,
} as const;

export interface ListedOffset {
  /** −1 where there is no such record. */
  offset: bigint;
  timestampMs: number | null;
  leaderEpoch: number;
}

/** Log ends of a topic; index = partition. A partition that could not be read has its error and null in each list. */
export interface TopicEnds {
  topicId: string;
  highWatermarks: (bigint | null)[];
  lastStableOffsets: (bigint | null)[];
  logStarts: (bigint | null)[];
  errors: (SourceError | null)[];
}

export interface OffsetsDeps {
  links: ClusterLinks;
  routing: Routing;
}

/** By `partitionKey`. One request a broker, whatever the number of partitions, and one more after a move of leaders. */
export async function listOffsets(
  deps: OffsetsDeps,
  partitions: readonly TopicPartition[],
  spec: OffsetSpec,
  isolation: Isolation,
  deadline: Deadline,
): Promise<Map<string, Answer<ListedOffset>>> {
  const timestamp = typeof spec === "string" ? PLACES[spec] : BigInt(spec.timestampMs);
  const ask = (some: readonly TopicPartition[]) => askLeaders(deps, some, timestamp, isolation, deadline);
  const first = await ask(partitions);
  const moved = partitions.filter((one) => hasMoved(first.get(partitionKey(one))));
  if (moved.length === 0) return first;
  deps.routing.forgetTopics(new Set(moved.map(({ topic }) => topic)));
  const second = await ask(moved);
  return new Map([...first, ...second]);
}

/**
 * Log starts, last stable offsets and high watermarks of topics, in this order on each connection, so that a high watermark
 * is never below the last stable offset beside it. Three requests a broker.
 */
export async function logEnds(
  deps: OffsetsDeps,
  topics: readonly string[],
  deadline: Deadline,
): Promise<Map<string, Answer<TopicEnds>>> {
  const infos = await deps.routing.topics(topics, deadline);
  const partitions = topics.flatMap((topic) => {
    const info = infos.get(topic);
    return info?.ok ? info.value.leaders.map((_, partition) => ({ topic, partition })) : [];
  });
  const [starts, stable, high] = await Promise.all([
    listOffsets(deps, partitions, "start", "read_uncommitted", deadline),
    listOffsets(deps, partitions, "end", "read_committed", deadline),
    listOffsets(deps, partitions, "end", "read_uncommitted", deadline),
  ]);
  // A move of leaders may have brought newer metadata meanwhile.
  const newest = await deps.routing.topics(topics, deadline);
  return new Map(
    topics.map((topic): [string, Answer<TopicEnds>] => {
      const info = newest.get(topic) ?? infos.get(topic);
      if (!info?.ok) return [topic, info ?? failed(new SourceError("not-found", `Topic ${topic} does not exist`))];
      return [topic, answered(endsOf(topic, info.value.topicId, info.value.leaders.length, { starts, stable, high }))];
    }),
  );
}

type Listed = Map<string, Answer<ListedOffset>>;

function endsOf(
  topic: string,
  topicId: string,
  count: number,
  listed: Record<"starts" | "stable" | "high", Listed>,
): TopicEnds {
  const ends: TopicEnds = { topicId, highWatermarks: [], lastStableOffsets: [], logStarts: [], errors: [] };
  for (let partition = 0; partition < count; partition++) {
    const key = partitionKey({ topic, partition });
    const all = [listed.high.get(key), listed.stable.get(key), listed.starts.get(key)];
    const [high, stable, start] = all.map((one) => (one?.ok ? one.value.offset : null));
    const bad = all.find((one) => one === undefined || !one.ok);
    const isWhole = high != null && stable != null && start != null;
    ends.highWatermarks.push(isWhole ? high : null);
    ends.lastStableOffsets.push(isWhole ? stable : null);
    ends.logStarts.push(isWhole ? start : null);
    ends.errors.push(
      isWhole ? null : bad && !bad.ok ? bad.error : new SourceError("unavailable", `${key} was not told`),
    );
  }
  return ends;
}

async function askLeaders(
  { links, routing }: OffsetsDeps,
  partitions: readonly TopicPartition[],
  timestamp: bigint,
  isolation: Isolation,
  deadline: Deadline,
): Promise<Listed> {
  const answers: Listed = new Map();
  const infos = await routing.topics([...new Set(partitions.map(({ topic }) => topic))], deadline);
  const routed = partitions.flatMap((one) => {
    const info = infos.get(one.topic);
    const leader = info?.ok ? info.value.leaders[one.partition] : null;
    if (leader != null) return [{ ...one, leader }];
    answers.set(partitionKey(one), failed(info && !info.ok ? info.error : noLeader(one)));
    return [];
  });
  const byLeader = Map.groupBy(routed, ({ leader }) => leader);
  const level = isolation === "read_committed" ? 1 : 0;
  const replies = await forEach(byLeader.keys(), async (leader) => {
    const topics = [...Map.groupBy(byLeader.get(leader) ?? [], ({ topic }) => topic)].map(([name, some]) => ({
      name,
      partitions: some.map(({ partition }) => ({ partitionIndex: partition, timestamp })),
    }));
    return links.link(leader).call(listOffsetsCall, deadline, level, topics);
  });
  for (const [leader, reply] of replies) {
    if (!reply.ok) for (const one of byLeader.get(leader) ?? []) answers.set(partitionKey(one), failed(reply.error));
    else for (const topic of reply.value.topics) takeTopic(answers, topic, links.principal);
  }
  return answers;
}

function takeTopic(
  answers: Listed,
  topic: {
    name: string;
    partitions: { partitionIndex: number; errorCode: number; timestamp: bigint; offset: bigint; leaderEpoch: number }[];
  },
  principal: string,
): void {
  for (const { partitionIndex, errorCode, timestamp, offset, leaderEpoch } of topic.partitions) {
    const key = partitionKey({ topic: topic.name, partition: partitionIndex });
    if (errorCode !== 0) {
      answers.set(
        key,
        failed(kafkaError(errorCode, { kind: "topic", name: topic.name, needs: "DESCRIBE" }, principal)),
      );
    } else {
      answers.set(key, answered({ offset, timestampMs: timestamp < 0n ? null : Number(timestamp), leaderEpoch }));
    }
  }
}

function hasMoved(answer: Answer<ListedOffset> | undefined): boolean {
  return answer !== undefined && !answer.ok && isRoutingError(answer.error);
}

export function noLeader({ topic, partition }: TopicPartition): SourceError {
  return new SourceError("unavailable", `${topic}/${partition} has no leader`, { kafkaCode: 5 });
}
