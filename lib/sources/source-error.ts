import { OutboundError } from "../outbound.ts";

/** Why something could not be read, as far as a caller must know to act. */
export type SourceErrorCode =
  | "unreachable"
  | "timeout"
  | "auth-failed"
  | "not-authorized"
  | "not-found"
  /** There, but not able to answer now: no leader, coordinator loading, overloaded. */
  | "unavailable"
  | "refused-address"
  | "unsupported"
  | "too-large"
  | "malformed"
  | "error";

const RETRYABLE: ReadonlySet<SourceErrorCode> = new Set(["unreachable", "timeout", "unavailable"]);

/**
 * A failed reading of a measured system. The message is the detail for people: what failed and, where known, what to grant.
 * `kafkaCode` is the broker's own error code where there is one.
 */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly code: SourceErrorCode;
  readonly retryable: boolean;
  readonly kafkaCode: number | null;

  constructor(
    code: SourceErrorCode,
    message: string,
    more: { cause?: unknown; retryable?: boolean; kafkaCode?: number } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.retryable = more.retryable ?? RETRYABLE.has(code);
    this.kafkaCode = more.kafkaCode ?? null;
  }
}

/** One item of a larger answer: a bad one spoils nothing else. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: SourceError };

export const answered = <T>(value: T): Answer<T> => ({ ok: true, value });
export const failed = (error: SourceError): { ok: false; error: SourceError } => ({ ok: false, error });

const FROM_OUTBOUND = {
  "bad-url": "error",
  "refused-address": "refused-address",
  unreachable: "unreachable",
  timeout: "timeout",
  tls: "auth-failed",
  redirect: "error",
  "too-large": "too-large",
} as const;

/** Anything thrown on the way, in our own words. */
export function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  if (error instanceof OutboundError) {
    return new SourceError(FROM_OUTBOUND[error.code], error.message, { cause: error, retryable: error.retryable });
  }
  return new SourceError("error", error instanceof Error ? error.message : String(error), { cause: error });
}

export function isSourceError(error: unknown): error is SourceError {
  return error instanceof SourceError;
}
