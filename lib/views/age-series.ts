import type { MinuteRow } from "#lib/db/evaluation/read-feed-minutes.ts";
import type { ReadingPoint } from "#lib/db/evaluation/read-feed-readings.ts";
import type { FeedNow } from "./feed-now.ts";
import { secondsOrNull } from "./explained.ts";

export interface AgePoint {
  at: string;
  /** Null where the age could not be measured. */
  ageSeconds: number | null;
  heldBy: string | null;
  /** Hop → its hold in seconds; they add up to the age. */
  holds: Record<string, number | null>;
}

/** A stretch without a measured age, [from, to). */
export interface UnmeasuredSpell {
  from: string;
  to: string;
  because: string;
}

export interface AgeSeries {
  from: string;
  to: string;
  stepSeconds: number;
  /** The first measured instant in the range; null when there is none. Nothing is claimed of the time before it. */
  measuredFrom: string | null;
  points: AgePoint[];
  unmeasured: UnmeasuredSpell[];
}

interface Known extends AgePoint {
  because: string | null;
}

export const pointOfMinute = (row: MinuteRow): Known => ({
  at: row.minute.toISOString(),
  ageSeconds: row.verdict === "unmeasured" ? null : secondsOrNull(row.worstAgeMs),
  heldBy: row.dominantHop,
  holds: holdsInSeconds(row.holds),
  because: row.because,
});

export const pointOfReading = (row: ReadingPoint): Known => ({
  at: row.at.toISOString(),
  // Late is late: what the measured hops prove is drawn even where another hop could not be read.
  ageSeconds: secondsOrNull(row.ageMs ?? (row.state === "late" ? row.ageLowerMs : null)),
  heldBy: row.heldBy,
  holds: holdsInSeconds(row.holds),
  because: row.because,
});

function holdsInSeconds(holds: Readonly<Record<string, number | null>>): Record<string, number | null> {
  return Object.fromEntries(Object.entries(holds).map(([hop, ms]) => [hop, secondsOrNull(ms)]));
}

/**
 * One point a step from the first known one to the last, then now: a step without a row is a gap, not a line across it.
 * The newest two steps may not be written yet; while measuring goes on they are left out instead of called unmeasured.
 */
export function ageSeries(
  known: readonly Known[],
  from: Date,
  to: Date,
  stepSeconds: number,
  now: FeedNow | null,
): AgeSeries {
  const range = { from: from.toISOString(), to: to.toISOString(), stepSeconds };
  const byTime = new Map(known.map((point) => [new Date(point.at).getTime(), point]));
  const first = known[0] && new Date(known[0].at).getTime();
  const live = now !== null && now.ageSeconds !== null && now.measuredAt !== null;
  if (first === undefined) {
    return { ...range, measuredFrom: null, points: live ? [pointOfNow(now)] : [], unmeasured: [] };
  }
  const stepMs = stepSeconds * 1000;
  const newest = new Date(known.at(-1)?.at ?? to).getTime();
  const unwritten = live && to.getTime() - newest <= 3 * stepMs;
  const end = unwritten ? newest + stepMs : to.getTime();
  const steps: Known[] = [];
  for (let at = first; at < end; at += stepMs) steps.push(byTime.get(at) ?? gapAt(at));
  const unmeasured = spellsOf(steps, stepMs);
  const points = steps.map(({ at, ageSeconds, heldBy, holds }) => ({ at, ageSeconds, heldBy, holds }));
  if (live && unwritten) points.push(pointOfNow(now));
  return { ...range, measuredFrom: new Date(first).toISOString(), points, unmeasured };
}

const gapAt = (at: number): Known => ({
  at: new Date(at).toISOString(),
  ageSeconds: null,
  heldBy: null,
  holds: {},
  because: "no sample",
});

function pointOfNow(now: FeedNow): AgePoint {
  const holds = Object.fromEntries(now.hops.map((hop) => [hop.hop, hop.holdSeconds]));
  return { at: now.measuredAt ?? "", ageSeconds: now.ageSeconds, heldBy: now.heldBy?.hop ?? null, holds };
}

function spellsOf(steps: readonly Known[], stepMs: number): UnmeasuredSpell[] {
  const spells: UnmeasuredSpell[] = [];
  let open: UnmeasuredSpell | null = null;
  for (const step of steps) {
    if (step.ageSeconds !== null) {
      open = null;
      continue;
    }
    const to = new Date(new Date(step.at).getTime() + stepMs).toISOString();
    if (open) open.to = to;
    else spells.push((open = { from: step.at, to, because: step.because ?? "not measured" }));
  }
  return spells;
}
