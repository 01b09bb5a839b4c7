import type { LogEnds, Measured, TickFacts } from "./facts.ts";
import type { UnmeasuredBecause } from "./reading.ts";
import type { EvaluationState, PartitionState } from "./state.ts";

/** One partition as this tick found it, with what is remembered of it. */
export interface KnownPartition {
  index: number;
  ends: LogEnds;
  partition: PartitionState;
}

/** Every partition of a topic that a hop stands on; a topic or a partition that could not be read leaves the hop unmeasured. */
export function knownLog(topic: string, state: EvaluationState, facts: TickFacts): Measured<KnownPartition[]> {
  const log = facts.logs[topic];
  const known = state.topics[topic];
  if (log && !log.ok) return log;
  if (!log || !known) return { ok: false, because: notReadYet(`Topic ${topic}`) };
  const partitions: KnownPartition[] = [];
  for (const [index, ends] of log.value.partitions.entries()) {
    const partition = known.partitions[index];
    if (ends === null || !partition) return { ok: false, because: noLeader(topic, index) };
    partitions.push({ index, ends, partition });
  }
  return { ok: true, value: partitions };
}

export const notReadYet = (subject: string): UnmeasuredBecause => ({
  code: "never-sampled",
  detail: `${subject} has not been read yet.`,
});

const noLeader = (topic: string, partition: number): UnmeasuredBecause => ({
  code: "unreachable",
  detail: `${topic}/${partition} has no reachable leader.`,
});
