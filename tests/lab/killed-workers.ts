import { setTimeout as sleep } from "node:timers/promises";
import { getPool } from "#lib/db/client.ts";
import type { Product } from "./product.ts";

export interface KillReport {
  kills: number;
  /** Longest time between two stored readings of the feed, ms. */
  longestGapMs: number;
  readings: number;
  /** Ticks with a fence older than that of an earlier tick: a stale worker's write. */
  staleWrites: number;
}

/** Kills one of the workers outright at a random moment, starts another in its place, again and again. */
export async function killWorkers(product: Product, times: number, random: () => number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await sleep(3_000 + random() * 17_000);
    product.killOne(random);
    await sleep(random() * 3_000);
    product.startWorker();
  }
}

/** What the database says of the time since `since`. */
export async function killReport(slug: string, since: Date, kills: number): Promise<KillReport> {
  const pool = getPool();
  const { rows: gaps } = await pool.query<{ gap: number | null; readings: number }>(
    `SELECT max(extract(epoch FROM tick - before) * 1000)::float8 AS gap, count(*)::int AS readings FROM (
       SELECT tick, lag(tick) OVER (ORDER BY tick) AS before
         FROM feed_readings r JOIN feeds f ON f.id = r.feed_id WHERE f.slug = $1 AND tick >= $2) AS ticks`,
    [slug, since],
  );
  const { rows: stale } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (
       SELECT fence, max(fence) OVER (PARTITION BY connection_id ORDER BY tick ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier
         FROM sample_attempts WHERE tick >= $1) AS attempts WHERE fence < earlier`,
    [since],
  );
  return {
    kills,
    longestGapMs: gaps[0]?.gap ?? Number.POSITIVE_INFINITY,
    readings: gaps[0]?.readings ?? 0,
    staleWrites: stale[0]?.n ?? 0,
  };
}
