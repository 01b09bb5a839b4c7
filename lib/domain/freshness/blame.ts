import { clockTime } from "./clock-time.ts";
import type { HopOutcome } from "./hop-outcome.ts";
import { SOURCE_HOP, type FeedPlan } from "./plan.ts";
import type { FeedStateName } from "./reading.ts";
import type { SourceOutcome } from "./source-hop.ts";

/** One hop as the judge sees it. */
export interface JudgedHop {
  hop: string;
  owner: string;
  holdMs: number;
  inStep: boolean | null;
}

export interface Verdict {
  state: FeedStateName;
  because: string;
  heldBy: { hop: string; byCadence: boolean } | null;
}

/**
 * The state of a feed, first match wins: late, unmeasured, silent, idle, fresh. `heldBy` is the largest hold out of step;
 * if the feed is late with every hop in step the promise is tighter than the machinery, and the largest hold is named
 * *by cadence*; else nobody is to blame.
 */
export function judge(
  plan: FeedPlan,
  source: SourceOutcome,
  hops: { hop: string; outcome: HopOutcome }[],
  judged: JudgedHop[],
  ageMs: number | null,
  ageLowerMs: number,
): Verdict {
  const late = (ageMs ?? ageLowerMs) > plan.objectiveMs;
  const heldBy = blame(judged, late, source);
  if (late) {
    const age = seconds(ageMs ?? ageLowerMs);
    return {
      state: "late",
      because: `Age ${ageMs === null ? "at least " : ""}${age} is over the objective of ${seconds(plan.objectiveMs)}.`,
      heldBy,
    };
  }
  const gap = source.because ?? hops.find((h) => h.outcome.because)?.outcome.because ?? null;
  if (gap) return { state: "unmeasured", because: gap.detail, heldBy };
  if (source.silent) {
    const since = clockTime(source.silent.since);
    const because = `No record has arrived on ${source.silent.topic} since ${since}, longer than the contract allows.`;
    return { state: "silent", because, heldBy };
  }
  const waiting = hops.some((h) => h.outcome.waiting);
  if (!waiting && !source.arrived)
    return { state: "idle", because: "Nothing waits at any hop and nothing has arrived since the last look.", heldBy };
  return {
    state: "fresh",
    because: `Age ${seconds(ageMs ?? ageLowerMs)} is within the objective of ${seconds(plan.objectiveMs)}.`,
    heldBy,
  };
}

function blame(judged: JudgedHop[], late: boolean, source: SourceOutcome): Verdict["heldBy"] {
  const guilty = largest(judged.filter((h) => h.inStep === false && (h.holdMs > 0 || h.hop === SOURCE_HOP)));
  if (guilty) return { hop: guilty.hop, byCadence: false };
  if (source.silent) return { hop: SOURCE_HOP, byCadence: false };
  const most = largest(judged);
  return late && most ? { hop: most.hop, byCadence: true } : null;
}

export function largest(judged: JudgedHop[]): JudgedHop | null {
  return judged.reduce<JudgedHop | null>((best, h) => (best === null || h.holdMs > best.holdMs ? h : best), null);
}

function seconds(ms: number): string {
  return ms < 100_000
    ? `${Math.round(ms / 1000)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
