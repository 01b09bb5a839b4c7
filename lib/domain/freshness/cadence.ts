/** How far apart a hop's moves are, learned from the gaps between them while records were waiting. */
export interface Cadence {
  /** Newest last, ms; a fixed number of them. */
  gaps: number[];
  movedAt: number | null;
  /** Records were waiting at the last cycle, so the next move closes a gap that counts. */
  wasWaiting: boolean;
}

const KEPT_GAPS = 64;
const ENOUGH_GAPS = 5;
/** Before enough was seen: Kafka's default auto-commit is 5 s, seen at most one cycle late. */
const UNTIL_LEARNED_MS = 10_000;

export const newCadence = (): Cadence => ({ gaps: [], movedAt: null, wasWaiting: false });

export function observeMove(cadence: Cadence, moved: boolean, waiting: boolean, at: number): Cadence {
  if (!moved) return { ...cadence, wasWaiting: waiting };
  const gap = cadence.movedAt !== null && cadence.wasWaiting ? [at - cadence.movedAt] : [];
  return { gaps: [...cadence.gaps, ...gap].slice(-KEPT_GAPS), movedAt: at, wasWaiting: waiting };
}

/** The 95th percentile of the gaps, never under one sampling interval; declared beats learned. */
export function cadenceMs(cadence: Cadence, declaredMs: number | null, samplingMs: number): number {
  if (declaredMs !== null) return declaredMs;
  if (cadence.gaps.length < ENOUGH_GAPS) return Math.max(UNTIL_LEARNED_MS, samplingMs);
  return Math.max(percentile(cadence.gaps, 0.95), samplingMs);
}

/** Nearest-rank percentile of a non-empty list. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number;
}
