import { clockTime } from "./clock-time.ts";
import { connectorFact, type TickFacts } from "./facts.ts";
import { newOutcome, takePartition, unmeasuredOutcome, type Before, type HopOutcome } from "./hop-outcome.ts";
import type { SinkProgress } from "./iceberg-sink.ts";
import { knownLog, notReadYet } from "./known-log.ts";
import type { FeedPlan, TableHop } from "./plan.ts";
import { clockOf } from "./reader-hop.ts";
import type { UnmeasuredBecause } from "./reading.ts";
import { roundOverdue } from "./sink-debt.ts";
import type { EvaluationState } from "./state.ts";
import { notBeyond, seenAt, waits } from "./waiting.ts";

/** A round answered longer ago than this should be in the table, ms. */
const COMMIT_GRACE_MS = 5_000;

/**
 * The table's part: what the sink announced and the table's history proves to be in it. It holds the wait for the next
 * round as well as the commit, and is at fault only when an answered round stays uncommitted, or no round begins.
 */
export function evaluateTable(
  plan: FeedPlan,
  hop: TableHop,
  state: EvaluationState,
  facts: TickFacts,
  before: Before,
  progress: SinkProgress | null,
): HopOutcome {
  if (progress === null) return unmeasuredOutcome(before, notReadYet(hop.subject));
  if (!progress.positions.ok) return unmeasuredOutcome(before, progress.positions.because);
  const { state: sink, oldestUncommittedAt } = progress;
  const connector = connectorFact(hop.connectorHop, facts);
  const interval = connector?.commitIntervalMs ?? typicalGap(sink.startGaps) ?? plan.samplingMs;
  const outcome = newOutcome(before, "exact", interval + plan.samplingMs);
  const missing = takePartitions(outcome, plan, hop, state, facts, before, progress.positions.value);
  if (missing) return unmeasuredOutcome(before, missing);
  const overdue = roundOverdue(sink, connector, facts.endsAt);
  const stuck = oldestUncommittedAt !== null && facts.endsAt - oldestUncommittedAt > COMMIT_GRACE_MS;
  outcome.inStep = !(outcome.waiting && (stuck || overdue));
  if (!outcome.waiting) return outcome;
  const skipped = sink.skippedRowsSince;
  if (stuck) outcome.note = `answered rounds wait for their commit since ${clockTime(oldestUncommittedAt)}`;
  else if (overdue && sink.lastStartAt !== null)
    outcome.note = `no round has begun since ${clockTime(sink.lastStartAt)}`;
  else if (skipped !== null && facts.endsAt - skipped > SKIPPED_AFTER_MS) outcome.note = SKIPPED;
  return outcome;
}

/** Rows between S and C are usual while a commit is being made; longer, they are gone. */
const SKIPPED_AFTER_MS = 60_000;
const SKIPPED = "the coordinator moved past rows that this table's history does not show: skipped or rolled back";

function takePartitions(
  outcome: HopOutcome,
  plan: FeedPlan,
  hop: TableHop,
  state: EvaluationState,
  facts: TickFacts,
  before: Before,
  positions: Record<string, Record<number, number>>,
): UnmeasuredBecause | null {
  const committed = hop.isolation === "read_committed";
  for (const topic of hop.inputs) {
    const log = knownLog(topic, state, facts);
    if (!log.ok) return log.because;
    for (const { index, ends, partition } of log.value) {
      const end = committed ? ends.lastStableOffset : ends.highWatermark;
      const position = positions[topic]?.[index] ?? null;
      if (position === null && ends.logStart < end) return unknownPosition(hop.subject, topic, index);
      const from = position ?? end;
      if (from < ends.logStart) outcome.lost.push({ topic, partition: index, records: ends.logStart - from });
      const at = Math.max(from, ends.logStart);
      const waiting = waits(partition, at, end);
      const clock = clockOf(plan, state, topic);
      const seen = waiting ? seenAt(partition, at, clock).at : null;
      if (waiting && seen === null) return notRead(topic, index);
      // What is in the table is no guess: only where marks tell the time is its lower bound another.
      const seenLow = clock === "records" ? seen : notBeyond(partition, at, clock);
      takePartition(outcome, before, {
        topic,
        partition: index,
        position: from,
        end,
        waiting,
        seen,
        seenLow,
        behind: false,
      });
    }
  }
  return null;
}

const typicalGap = (gaps: number[]) => (gaps.length === 0 ? null : Math.max(...gaps));

const notRead = (topic: string, partition: number): UnmeasuredBecause => ({
  code: "never-sampled",
  detail: `The record at the table's position on ${topic}/${partition} has not been read yet.`,
});

const unknownPosition = (table: string, topic: string, partition: number): UnmeasuredBecause => ({
  code: "no-position",
  detail: `Nothing announced yet says how far ${table} has come on ${topic}/${partition}; the next round with records will.`,
});
