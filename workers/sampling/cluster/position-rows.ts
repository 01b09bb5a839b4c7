import type { GroupSampleRow, LogSampleRow } from "#lib/db/samples/cluster-rows.ts";
import { storedCode } from "#lib/sources/kafka/kafka-errors.ts";
import type { Committed } from "#lib/sources/kafka/read-groups.ts";
import type { TopicEnds } from "#lib/sources/kafka/read-offsets.ts";
import type { Answer } from "#lib/sources/source-error.ts";

const NO_COMMIT = -1n;

/** One row a topic. One that could not be read at all has no partitions and its error alone. */
export function logRows(topics: readonly string[], ends: ReadonlyMap<string, Answer<TopicEnds>>): LogSampleRow[] {
  return topics.flatMap((topic) => {
    const answer = ends.get(topic);
    if (!answer) return [];
    if (!answer.ok) {
      const errors = [storedCode(answer.error, "topic")];
      return [{ topic, topicId: "", highWatermarks: [], lastStableOffsets: [], logStarts: [], errors }];
    }
    const { topicId, highWatermarks, lastStableOffsets, logStarts, errors } = answer.value;
    const codes = errors.map((error) => (error === null ? 0 : storedCode(error, "topic")));
    return [{ topic, topicId, highWatermarks, lastStableOffsets, logStarts, errors: codes }];
  });
}

/**
 * One row for each group and each topic that was sampled and that the group has committed to, or is said to read. A group
 * that could not be read has one row, with topic "" and its error.
 */
export function groupRows(
  groups: readonly string[],
  committed: ReadonlyMap<string, Answer<Committed>>,
  ends: ReadonlyMap<string, Answer<TopicEnds>>,
  readers: readonly { group: string; topics: string[] }[],
): GroupSampleRow[] {
  const reads = new Map<string, Set<string>>();
  for (const { group, topics } of readers) {
    const known = reads.get(group) ?? new Set();
    reads.set(group, known);
    for (const topic of topics) known.add(topic);
  }
  return groups.flatMap((groupId) => {
    const answer = committed.get(groupId);
    if (!answer) return [];
    if (!answer.ok) return [{ groupId, topic: "", offsets: [], errorCode: storedCode(answer.error, "group") }];
    const topics = new Set([...answer.value.keys(), ...(reads.get(groupId) ?? [])]);
    return [...topics].flatMap((topic) => {
      if (!ends.has(topic)) return [];
      return [{ groupId, topic, offsets: offsetsOf(answer.value.get(topic), ends.get(topic)), errorCode: 0 }];
    });
  });
}

function offsetsOf(offsets: ReadonlyMap<number, bigint> | undefined, ends: Answer<TopicEnds> | undefined): bigint[] {
  const told = ends?.ok ? ends.value.errors.length : 0;
  const count = Math.max(told, ...[...(offsets?.keys() ?? [])].map((partition) => partition + 1));
  return Array.from({ length: count }, (_, partition) => offsets?.get(partition) ?? NO_COMMIT);
}
