import type { TickFacts } from "./facts.ts";
import type { Before, HopOutcome } from "./hop-outcome.ts";
import type { HopPlan } from "./plan.ts";
import type { HopReading } from "./reading.ts";

/** What a page shows of one hop. After an unmeasured one, a hop still shows its own wait, but no tidemark. */
export function hopReading(
  evaluated: { plan: HopPlan; from: Before; outcome: HopOutcome },
  facts: TickFacts,
): HopReading {
  const { plan, from, outcome } = evaluated;
  const measured = outcome.because === null;
  const holdMs = measured ? from.bound - outcome.bound : null;
  const heldLow = measured ? Math.max(0, from.low - outcome.low) : null;
  return {
    hop: plan.hop,
    kind: plan.kind,
    after: plan.after,
    owner: plan.owner,
    subject: plan.subject,
    state: measured ? "measured" : "unmeasured",
    unmeasuredBecause: outcome.because,
    note: outcome.note,
    inStep: measured ? outcome.inStep : null,
    proof: measured ? outcome.proof : null,
    tidemark: measured && from.tidemark !== null ? new Date(outcome.bound).toISOString() : null,
    holdMs,
    unprovenMs: holdMs === null || heldLow === null ? null : Math.max(0, holdMs - heldLow),
    precisionMs: measured ? outcome.precisionMs : null,
    topic: outcome.worst?.topic ?? (plan.kind === "topic" ? plan.topic : (plan.inputs[0] ?? null)),
    partition: outcome.worst?.partition ?? null,
    lagOffsets: !measured || outcome.lag === null ? null : String(outcome.lag),
    waiting: measured ? outcome.waiting : null,
    measuredAt: measured ? new Date(plan.kind === "topic" ? facts.endsAt : facts.positionsAt).toISOString() : null,
    partitions: outcome.partitions,
  };
}
