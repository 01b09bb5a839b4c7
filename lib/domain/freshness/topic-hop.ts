import { cadenceMs, observeMove } from "./cadence.ts";
import type { TickFacts } from "./facts.ts";
import { newOutcome, takePartition, unmeasuredOutcome, type Before, type HopOutcome } from "./hop-outcome.ts";
import { knownLog } from "./known-log.ts";
import { endAt } from "./log-history.ts";
import type { FeedPlan, TopicHop } from "./plan.ts";
import { clockOf } from "./reader-hop.ts";
import type { EvaluationState, HopState } from "./state.ts";
import { notBeyond, seenAt } from "./waiting.ts";

/**
 * A topic read with read_committed is a hop of its own: its position is the last stable offset, its end the high
 * watermark. A transaction left open stops every reader there, and it is the writer's to close.
 */
export function evaluateTopic(
  plan: FeedPlan,
  hop: TopicHop,
  state: EvaluationState,
  hopState: HopState,
  facts: TickFacts,
  before: Before,
): { outcome: HopOutcome; state: HopState } {
  const log = knownLog(hop.topic, state, facts);
  if (!log.ok) return { outcome: unmeasuredOutcome(before, log.because), state: hopState };
  const q = cadenceMs(hopState.cadence, hop.cadenceMs, plan.samplingMs);
  const outcome = newOutcome(before, "exact", plan.samplingMs);
  const positions: HopState["positions"][string] = [];
  let moved = false;
  for (const { index, ends, partition } of log.value) {
    const position = ends.lastStableOffset;
    const last = hopState.positions[hop.topic]?.[index] ?? null;
    if (last !== null && last.offset !== position) moved = true;
    positions[index] =
      last !== null && last.offset === position
        ? last
        : { offset: position, movedAt: facts.endsAt, aliveAt: facts.endsAt };
    const end = ends.highWatermark;
    const owed = endAt(partition.entries, facts.endsAt - q, false);
    const clock = clockOf(plan, state, hop.topic);
    const { at } = seenAt(partition, position, clock);
    const seenLow = clock === "records" ? at : notBeyond(partition, position, clock);
    const waiting = position < end;
    const behind = waiting && owed !== null && position < owed;
    takePartition(outcome, before, {
      topic: hop.topic,
      partition: index,
      position,
      end,
      waiting,
      seen: at,
      seenLow,
      behind,
    });
  }
  if (!outcome.inStep) outcome.note = "a transaction is open: readers with read_committed stop before it";
  const cadence = observeMove(hopState.cadence, moved, outcome.waiting, facts.endsAt);
  return { outcome, state: { ...hopState, positions: { [hop.topic]: positions }, cadence } };
}
