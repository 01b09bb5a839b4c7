import { SOURCE_HOP } from "./plan.ts";
import type { FeedReading } from "./reading.ts";
import { mostlyLate } from "./newest-records.ts";

export type MinuteVerdict = "good" | "bad" | "unmeasured" | "excluded";

export interface JudgedMinute {
  verdict: MinuteVerdict;
  worstAgeMs: number | null;
  /** The hop that held most in the worst sample: who spends the budget. */
  dominantHop: string | null;
  /** Holds of the worst sample, by hop, ms. */
  holds: Record<string, number>;
  because: string | null;
  samples: number;
  expected: number;
}

const LONGEST_GAP_MS = 30_000;

/**
 * One SLO minute from the readings whose tick lies in it. Bad: any sample over the objective, silent, or loss found, or most arrivals late.
 * Good: none of these, at least half the expected samples measured and no gap over 30 s (idle is good). Else unmeasured:
 * missing data is never good.
 */
export function judgeMinute(
  minute: number,
  readings: FeedReading[],
  samplingMs: number,
  lossFound: boolean,
): JudgedMinute {
  const expected = Math.max(1, Math.round(60_000 / samplingMs));
  const measured = readings.filter((r) => r.state !== "unmeasured" && r.ageMs !== null);
  const worst = worstOf(readings);
  const base = {
    worstAgeMs: worst ? (worst.ageMs ?? worst.ageLowerMs) : null,
    dominantHop: worst ? dominantHop(worst) : null,
    holds: worst ? Object.fromEntries(worst.hops.flatMap((h) => (h.holdMs === null ? [] : [[h.hop, h.holdMs]]))) : {},
    samples: measured.length,
    expected,
  };
  const bad = readings.find((r) => r.state === "late") ?? readings.find((r) => r.state === "silent");
  if (bad) return { ...base, verdict: "bad", because: bad.because };
  if (arrivalsLate(readings)) {
    return {
      ...base,
      verdict: "bad",
      dominantHop: SOURCE_HOP,
      because: "Most records arrived later than the contract tolerates.",
    };
  }
  if (lossFound) return { ...base, verdict: "bad", because: "Records were lost before this feed had passed them." };
  if (measured.length * 2 < expected)
    return { ...base, verdict: "unmeasured", because: whyUnmeasured(readings, expected) };
  const gap = longestGap(minute, measured);
  if (gap > Math.max(LONGEST_GAP_MS, samplingMs)) {
    return { ...base, verdict: "unmeasured", because: `No measured sample for ${Math.round(gap / 1000)} s.` };
  }
  return { ...base, verdict: "good", because: null };
}

function arrivalsLate(readings: FeedReading[]): boolean {
  const sum = (of: "late" | "of") => readings.reduce((total, r) => total + r.lateArrivals[of], 0);
  return mostlyLate({ late: sum("late"), of: sum("of") });
}

function worstOf(readings: FeedReading[]): FeedReading | null {
  return readings.reduce<FeedReading | null>((worst, r) => {
    const age = r.ageMs ?? r.ageLowerMs;
    if (age === null) return worst;
    return worst === null || age > (worst.ageMs ?? worst.ageLowerMs ?? -1) ? r : worst;
  }, null);
}

/** Who is out of step; else the largest hold. */
export function dominantHop(reading: FeedReading): string | null {
  return reading.heldBy?.hop ?? reading.largestHold?.hop ?? null;
}

function whyUnmeasured(readings: FeedReading[], expected: number): string {
  const reason = readings.find((r) => r.state === "unmeasured")?.because;
  return reason ?? `${readings.length} of ${expected} expected samples were taken.`;
}

function longestGap(minute: number, measured: FeedReading[]): number {
  const ticks = [minute, ...measured.map((r) => Date.parse(r.tick)).sort((a, b) => a - b), minute + 60_000];
  return Math.max(...ticks.slice(1).map((tick, i) => tick - (ticks[i] as number)));
}
