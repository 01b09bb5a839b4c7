import { setTimeout as sleep } from "node:timers/promises";

/** Asks until it is true or the time is over: whether it became true. A question that throws counts as not yet. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  withinMs: number,
  everyMs: number,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      if (await isTrue()) return true;
    } catch {
      // Not yet.
    }
    if (Date.now() >= deadline) return false;
    await sleep(everyMs);
  }
}
