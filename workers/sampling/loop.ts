import { setTimeout as sleep } from "node:timers/promises";
import type { Lease } from "#lib/db/leases.ts";
import { StaleFenceError } from "#lib/db/leases.ts";
import { writeCycle, type Attempt, type CycleRows } from "#lib/db/samples/cycle.ts";
import { log } from "#lib/log.ts";

/** What a sampler brings home from one tick. */
export interface Sampled {
  rows: CycleRows;
  /** `partial`: something was not read; the rows say what. */
  outcome: "ok" | "partial" | "failed";
  errorCode: string | null;
  error: string | null;
  positionsAt: Date | null;
  endsAt: Date | null;
  requests: number;
  /** After a refused sign-in, ticks to leave out before trying again, so that no account is locked. */
  backOffTicks?: number;
}

/** Reads one connection at one tick. It never throws for what a measured system does: that is a result. */
export type Sampler = (tick: Date, signal: AbortSignal) => Promise<Sampled>;

export interface LoopDeps {
  connectionId: string;
  lease: Lease;
  intervalMs: number;
  sampler: Sampler;
  /** Called after a tick is stored. */
  stored: (tick: Date) => Promise<void>;
  /** Called once when the loop ends by itself: another worker samples this now, or a fault of ours ended it. */
  ended: (why: "lost" | "failed") => void;
  close: () => Promise<void>;
}

/**
 * Samples one connection at multiples of the interval until it is stopped. A cycle that overruns skips ticks, never
 * overlaps, and each tick left out is stored as missed.
 */
export class SamplingLoop {
  private readonly deps: LoopDeps;
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;

  constructor(deps: LoopDeps) {
    this.deps = deps;
    this.done = this.run().catch((error: Error) => {
      log.error("sampling ended by an error", { error, resource: deps.lease.resource });
      deps.ended("failed");
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const { intervalMs } = this.deps;
    let last: number | null = null;
    let skip = 0;
    try {
      while (!this.stopping.signal.aborted) {
        const tick = Math.ceil((Date.now() + 1) / intervalMs) * intervalMs;
        if (last !== null) await this.storeMissed(last + intervalMs, tick, skip > 0);
        if (!(await this.waitUntil(tick))) return;
        last = tick;
        if (skip > 0) {
          skip -= 1;
          await this.store(new Date(tick), missed("waiting after a refused sign-in"), 0);
          continue;
        }
        skip = await this.cycle(new Date(tick));
      }
    } catch (error) {
      if (!(error instanceof StaleFenceError)) throw error;
      log.warn("another worker samples this now", { resource: this.deps.lease.resource });
      this.deps.ended("lost");
    } finally {
      await this.deps.close();
    }
  }

  private async cycle(tick: Date): Promise<number> {
    const started = performance.now();
    const sampled = await this.deps.sampler(tick, this.stopping.signal).catch((error: Error) => {
      log.error("a sampler failed", { error, resource: this.deps.lease.resource });
      return failedBy(error);
    });
    if (this.stopping.signal.aborted && sampled.outcome === "failed") return 0;
    await this.store(tick, sampled, performance.now() - started);
    return sampled.backOffTicks ?? 0;
  }

  /**
   * A database that is away costs no sample: the write is tried again until it is back (ticks meanwhile are stored as
   * missed), the lease is another's, or we are told to stop. What the database refuses is not tried for ever.
   */
  private async store(tick: Date, sampled: Sampled | MissedTick, tookMs: number): Promise<void> {
    const { connectionId, lease, stored } = this.deps;
    const { rows, backOffTicks: _, ...rest } = sampled;
    const attempt: Attempt = { connectionId, tick, tookMs, ...rest };
    for (let wait = 250, tries = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS), tries += 1) {
      try {
        if (await writeCycle(lease, attempt, rows)) await stored(tick);
        return;
      } catch (error) {
        if (error instanceof StaleFenceError || this.stopping.signal.aborted) throw error;
        if (!isAway(error) && tries >= MOST_TRIES) throw error;
        log.warn("a sample could not be stored yet", { error: error as Error, tick });
        await sleep(wait);
      }
    }
  }

  private async storeMissed(from: number, to: number, backingOff: boolean): Promise<void> {
    if (backingOff) return;
    for (let tick = from; tick < to; tick += this.deps.intervalMs) {
      await this.store(new Date(tick), missed("the cycle before took too long"), 0);
    }
  }

  private async waitUntil(at: number): Promise<boolean> {
    await sleep(Math.max(0, at - Date.now()), undefined, { signal: this.stopping.signal }).catch(() => undefined);
    return !this.stopping.signal.aborted;
  }
}

const LONGEST_WAIT_MS = 5_000;
const MOST_TRIES = 4;

/** The database cannot be reached or is on its way up or down. Source: PostgreSQL error codes, classes 08, 53 and 57. */
function isAway(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  if (error instanceof TypeError || error instanceof RangeError) return false;
  return code === null || /^(08|53|57|E[A-Z]{3,})/.test(code);
}

type MissedTick = Omit<Sampled, "outcome"> & { outcome: "missed" };

const missed = (error: string): MissedTick => ({ ...NOTHING, outcome: "missed", errorCode: "missed", error });

const failedBy = (error: Error): Sampled => ({
  ...NOTHING,
  outcome: "failed",
  errorCode: "error",
  error: error.message,
});

const NOTHING = { rows: {}, positionsAt: null, endsAt: null, requests: 0 };
