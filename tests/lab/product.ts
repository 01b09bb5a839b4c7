import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemActor } from "#lib/auth/actor.ts";
import { getPool } from "#lib/db/client.ts";
import { getKeyEncryptionKey } from "#lib/env.ts";
import type { FeedReading, HopReading } from "#lib/domain/freshness/reading.ts";
import { applyConnections } from "#lib/services/connections/apply-connections.ts";
import { applyContract } from "#lib/services/contracts/apply-contract.ts";
import { connection } from "../../lab/api.ts";

export interface Seen {
  /** When we saw it, ms. */
  at: number;
  reading: FeedReading;
}

/**
 * The product measuring the lab: real workers in processes of their own, on this file's database, with the lab's own
 * connections and contracts applied as `npm run demo` does.
 */
export class Product {
  readonly seen: Seen[] = [];
  private readonly workers: ChildProcess[] = [];
  private readonly databaseUrl: string;
  private readonly slug: string;
  private watching: Promise<void> | undefined;
  private stopped = false;

  constructor(databaseUrl: string, slug = "orders-activity") {
    this.databaseUrl = databaseUrl;
    this.slug = slug;
  }

  async start(workers = 1): Promise<void> {
    const lab = connection();
    const actor = systemActor("lab test");
    const now = new Date();
    await applyConnections(actor, readFileSync(lab.files.tidemark, "utf8"), (name) => lab.env[name], now);
    for (const file of lab.files.feeds) await applyContract(actor, readFileSync(file, "utf8"), now);
    for (let i = 0; i < workers; i++) this.startWorker();
    this.watching = this.watch();
  }

  startWorker(): ChildProcess {
    const log = openSync(path.join(connection().files.logs, `workers-${process.pid}-${this.workers.length}.log`), "a");
    const worker = spawn(process.execPath, ["workers/main.ts"], {
      env: {
        ...process.env,
        DATABASE_URL: this.databaseUrl,
        TIDEMARK_KEK: getKeyEncryptionKey(),
        TIDEMARK_LOG_LEVEL: "debug",
      },
      stdio: ["ignore", log, log],
    });
    this.workers.push(worker);
    return worker;
  }

  /** Kills one living worker with SIGKILL. */
  killOne(random: () => number): void {
    const alive = this.workers.filter((worker) => worker.exitCode === null && worker.signalCode === null);
    alive[Math.floor(random() * alive.length)]?.kill("SIGKILL");
  }

  /** Everything the product says, as it says it. */
  private async watch(): Promise<void> {
    let last = "";
    while (!this.stopped) {
      const reading = await this.newest();
      if (reading && reading.tick !== last) {
        last = reading.tick;
        this.seen.push({ at: Date.now(), reading });
      }
      await sleep(250);
    }
  }

  async newest(): Promise<FeedReading | null> {
    const { rows } = await getPool().query<{ reading: FeedReading }>(
      "SELECT s.reading FROM feed_states s JOIN feeds f ON f.id = s.feed_id WHERE f.slug = $1",
      [this.slug],
    );
    return rows[0]?.reading ?? null;
  }

  /** Waits until a reading taken after `since` is as asked; else throws what was seen instead. */
  async until(
    what: string,
    asked: (reading: FeedReading) => boolean,
    withinMs: number,
    since = Date.now(),
  ): Promise<Seen> {
    const deadline = since + withinMs;
    for (;;) {
      const found = this.seen.find((s) => Date.parse(s.reading.tick) > since && asked(s.reading));
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`Not ${what} within ${withinMs / 1000} s. Seen: ${this.story(since)}`);
      await sleep(250);
    }
  }

  story(since: number): string {
    return this.seen
      .filter((s) => s.at > since)
      .map(({ reading: r }) => {
        const held = r.heldBy ? `${r.heldBy.hop}${r.heldBy.byCadence ? " by cadence" : ""}` : "nobody";
        return `${r.tick.slice(11, 19)} ${r.state} ${r.ageMs ?? `≥${r.ageLowerMs}`} ms, held by ${held}`;
      })
      .join("\n");
  }

  /** What was newest at an instant. */
  at(instant: number): Seen | null {
    return this.seen.findLast((s) => s.at <= instant) ?? null;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.watching;
    await Promise.all(
      this.workers.map(async (worker) => {
        if (worker.exitCode !== null || worker.signalCode !== null) return;
        const ended = new Promise((resolve) => worker.once("exit", resolve));
        worker.kill("SIGTERM");
        await ended;
      }),
    );
  }
}

export function hopOf(reading: FeedReading, name: string): HopReading {
  const hop = reading.hops.find((h) => h.hop === name);
  if (!hop) throw new Error(`No hop ${name} in ${reading.hops.map((h) => h.hop).join(", ")}`);
  return hop;
}

export const isFresh = (reading: FeedReading): boolean =>
  reading.state === "fresh" && reading.hops.every((hop) => hop.state === "measured");
