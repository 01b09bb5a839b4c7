import { asSourceError } from "#lib/sources/source-error.ts";
import type { Sampled } from "./loop.ts";

/** Ticks left out after a refused sign-in, so that no account is locked by our trying. */
const BACK_OFF_TICKS = 5;

/** A tick at which nothing could be read, with the cause. */
export function failedSample(error: unknown, requests: number): Sampled {
  const known = asSourceError(error);
  return {
    rows: {},
    outcome: "failed",
    errorCode: known.code,
    error: known.message,
    positionsAt: null,
    endsAt: null,
    requests,
    ...(known.code === "auth-failed" ? { backOffTicks: BACK_OFF_TICKS } : {}),
  };
}
