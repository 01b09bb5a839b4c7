import { env } from "../../env.ts";

/** A reading older than this many ticks is no longer a measurement of now. */
const TICKS = 3;

/** Ticks before this instant are stale. */
export function staleBefore(now: Date): Date {
  return new Date(now.getTime() - TICKS * env.TIDEMARK_SAMPLING_INTERVAL_MS);
}

export const samplingIntervalSeconds = (): number => env.TIDEMARK_SAMPLING_INTERVAL_MS / 1000;
