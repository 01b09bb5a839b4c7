import { getPool } from "#lib/db/client.ts";
import { announceWorker, releaseLeases, renewLeases, retireWorker, takeLeases, type Lease } from "#lib/db/leases.ts";
import { log } from "#lib/log.ts";

export interface LeaseTimes {
  durationMs: number;
  renewEveryMs: number;
  takeEveryMs: number;
}

export const LEASE_TIMES: LeaseTimes = { durationMs: 30_000, renewEveryMs: 10_000, takeEveryMs: 1_000 };

/** What is done with a lease: started when it is taken, stopped when it is lost or given up. */
export interface LeaseWork {
  /** Resources there are now. */
  resources(): Promise<string[]>;
  start(lease: Lease): void;
  /** Resolves when nothing of it runs any more. */
  stop(resource: string): Promise<void>;
}

/**
 * Keeps this worker's share of the leases: each second it takes free or expired ones up to an even share among the
 * workers that are there, renews its own, and stops what it has lost. Nothing but the table decides who samples what.
 */
export class LeaseKeeper {
  private readonly held = new Map<string, Lease>();
  private readonly holder: string;
  private readonly work: LeaseWork;
  private readonly times: LeaseTimes;
  private renewedAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(holder: string, work: LeaseWork, times: LeaseTimes = LEASE_TIMES) {
    this.holder = holder;
    this.work = work;
    this.times = times;
  }

  run(): void {
    if (this.stopped) return;
    this.turn = this.once()
      .catch((error: Error) => log.warn("leases could not be kept", { error }))
      .finally(() => {
        if (!this.stopped) this.timer = setTimeout(() => this.run(), this.times.takeEveryMs);
      });
  }

  /** One turn: renew, give up what is gone, take what is free. */
  async once(now = Date.now()): Promise<void> {
    const db = getPool();
    const resources = await this.work.resources();
    if (now - this.renewedAt >= this.times.renewEveryMs) {
      const kept = await renewLeases(db, [...this.held.values()], this.holder, this.times.durationMs);
      this.renewedAt = now;
      for (const resource of [...this.held.keys()]) if (!kept.has(resource)) await this.drop(resource, "lost");
    }
    for (const resource of [...this.held.keys()]) if (!resources.includes(resource)) await this.giveBack(resource);
    const workers = await announceWorker(db, this.holder, this.times.durationMs);
    const share = Math.ceil(resources.length / workers);
    const free = resources.filter((resource) => !this.held.has(resource));
    const taken = await takeLeases(db, free, this.holder, this.times.durationMs, share - this.held.size);
    for (const lease of taken) {
      this.held.set(lease.resource, lease);
      log.info("lease taken", { resource: lease.resource, fence: lease.fence });
      this.work.start(lease);
    }
    // More than our share, and somebody else is there to take it: give one back, one a turn.
    const extra = this.held.size > share ? [...this.held.keys()].at(-1) : undefined;
    if (extra !== undefined) await this.giveBack(extra);
  }

  private async drop(resource: string, why: string): Promise<void> {
    this.held.delete(resource);
    log.warn("lease dropped", { resource, because: why });
    await this.work.stop(resource);
  }

  private async giveBack(resource: string): Promise<void> {
    const lease = this.held.get(resource);
    this.held.delete(resource);
    await this.work.stop(resource);
    if (lease) await releaseLeases(getPool(), [lease], this.holder);
  }

  /** Stops the work first, then gives the leases back, so that nobody samples twice. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.turn;
    const leases = [...this.held.values()];
    this.held.clear();
    await Promise.all(leases.map((lease) => this.work.stop(lease.resource)));
    await releaseLeases(getPool(), leases, this.holder);
    await retireWorker(getPool(), this.holder);
  }
}
