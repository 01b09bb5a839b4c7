/** What went wrong, as far as a caller must know to act. Each has one HTTP status (`httpStatusOf`). */
export type ErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "rate_limited"
  | "unavailable"
  | "timed_out";

/** One thing wrong with what was given: where (`path` as in `hops[2].objective`), what, and what would put it right. */
export interface Issue {
  path: string;
  message: string;
  remedy: string | null;
}

/** An expected failure. The message is written for the person who reads it and says what to do next. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  /** Seconds until a retry may help; only for `rate_limited` and `unavailable`. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    more: { issues?: readonly Issue[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.issues = more.issues ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }
}

export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof ServiceError;
}

const STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  timed_out: 504,
} satisfies Record<ErrorCode, number>;

export function httpStatusOf(code: ErrorCode): number {
  return STATUS[code];
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
