import type { PartitionReading, Proof, UnmeasuredBecause } from "./reading.ts";

/** How far everything before a hop has come. */
export interface Before {
  /** Null when a predecessor could not be measured. */
  tidemark: number | null;
  /** The latest the tidemark can be by what was measured: what is known bounds the age from below. */
  bound: number;
  /** Like `bound`, but crediting late hops with all they may have passed without committing it yet. */
  low: number;
}

export interface HopOutcome {
  /** Null when measured. */
  because: UnmeasuredBecause | null;
  note: string | null;
  proof: Proof;
  bound: number;
  low: number;
  inStep: boolean;
  waiting: boolean;
  precisionMs: number;
  lag: number | null;
  worst: { topic: string; partition: number } | null;
  partitions: PartitionReading[];
  lost: { topic: string; partition: number; records: number }[];
}

export const newOutcome = (before: Before, proof: Proof, precisionMs: number): HopOutcome => ({
  because: null,
  note: null,
  proof,
  bound: before.bound,
  low: before.low,
  inStep: true,
  waiting: false,
  precisionMs,
  lag: 0,
  worst: null,
  partitions: [],
  lost: [],
});

export function unmeasuredOutcome(before: Before, because: UnmeasuredBecause, note: string | null = null): HopOutcome {
  return { ...newOutcome(before, "declared", 0), because, note, lag: null };
}

/** One partition's part in a hop: null `seen` means nothing waits there, so it stands where its predecessor does. */
export interface PartitionSeen {
  topic: string;
  partition: number;
  position: number | null;
  end: number;
  waiting: boolean;
  seen: number | null;
  seenLow: number | null;
  behind: boolean;
}

export function takePartition(outcome: HopOutcome, before: Before, p: PartitionSeen): void {
  const lag = p.position === null ? null : Math.max(0, p.end - p.position);
  const seen = p.waiting ? Math.min(p.seen ?? before.bound, before.bound) : before.bound;
  outcome.partitions.push({
    topic: p.topic,
    partition: p.partition,
    position: p.position === null ? null : String(p.position),
    logEnd: String(p.end),
    lag: lag === null ? null : String(lag),
    holdMs: before.bound - seen,
  });
  outcome.lag = outcome.lag === null || lag === null ? null : outcome.lag + lag;
  if (!p.waiting) return;
  outcome.waiting = true;
  if (p.behind) outcome.inStep = false;
  if (outcome.worst === null || seen < outcome.bound) outcome.worst = { topic: p.topic, partition: p.partition };
  outcome.bound = Math.min(outcome.bound, seen);
  outcome.low = Math.min(outcome.low, p.seenLow ?? before.low);
}
