import { SourceError } from "../source-error.ts";

/** The instant (of the monotonic clock) by which an answer is of use. */
export interface Deadline {
  readonly at: number;
}

export function deadlineIn(ms: number): Deadline {
  return { at: performance.now() + ms };
}

export function msLeft(deadline: Deadline): number {
  return Math.max(0, deadline.at - performance.now());
}

/** The sooner of a deadline and `ms` from now. */
export function atMost(deadline: Deadline, ms: number): Deadline {
  return { at: Math.min(deadline.at, performance.now() + ms) };
}

/** Waits for `work` until the deadline, then fails with `timeout`; what it may still bring is let go. */
export async function by<T>(deadline: Deadline, work: Promise<T>, what: string): Promise<T> {
  const left = msLeft(deadline);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SourceError("timeout", `${what} did not answer in time`)), left);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
