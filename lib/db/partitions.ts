import type pg from "pg";
import { sqlTransaction } from "./transaction.ts";

const LOCK = 72_707_370;
const DAY_MS = 86_400_000;

export interface PartitionRule {
  table: string;
  every: "day" | "month";
  /** Kept this many days after the end of a partition, then dropped whole. */
  keepDays: number;
}

/** Every partitioned table of the schema. There is no default partition: a row outside what exists is an error, not a stray. */
export const PARTITIONED: readonly PartitionRule[] = [
  { table: "sample_attempts", every: "day", keepDays: 14 },
  { table: "log_samples", every: "day", keepDays: 14 },
  { table: "group_samples", every: "day", keepDays: 14 },
  { table: "event_times", every: "day", keepDays: 14 },
  { table: "connector_samples", every: "day", keepDays: 14 },
  { table: "table_samples", every: "day", keepDays: 14 },
  { table: "feed_readings", every: "day", keepDays: 14 },
  { table: "feed_minutes", every: "month", keepDays: 400 },
];

interface Span {
  name: string;
  from: Date;
  to: Date;
}

/**
 * Makes the partitions from `daysBack` before `now` to `daysAhead` after it (UTC), those that are missing.
 * Safe to run at any time and by two at once.
 * @returns the names made
 */
export async function makePartitions(
  pool: pg.Pool,
  now: Date,
  { daysBack = 1, daysAhead = 7 }: { daysBack?: number; daysAhead?: number } = {},
): Promise<string[]> {
  return sqlTransaction(async (session) => {
    await session.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    const existing = new Set(await listPartitions(session));
    const missing = PARTITIONED.flatMap((rule) =>
      spans(rule, new Date(now.getTime() - daysBack * DAY_MS), new Date(now.getTime() + daysAhead * DAY_MS))
        .filter((span) => !existing.has(span.name))
        .map((span) => ({ table: rule.table, ...span })),
    );
    for (const { table, name, from, to } of missing) {
      // LIKE and ATTACH, since CREATE … PARTITION OF would lock the parent against its readers.
      await session.query(
        `CREATE TABLE "${name}" (LIKE "${table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)`,
      );
      await session.query(
        `ALTER TABLE "${table}" ATTACH PARTITION "${name}" FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
      );
    }
    return missing.map(({ name }) => name);
  }, pool);
}

/**
 * Drops, whole, the partitions that ended longer ago than their table keeps. Gives way (lock timeout 5 s) to a long reader:
 * what could not be dropped now is dropped at the next run.
 * @returns the names dropped
 */
export async function dropOldPartitions(pool: pg.Pool, now: Date): Promise<string[]> {
  return sqlTransaction(async (session) => {
    await session.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    await session.query("SET LOCAL lock_timeout = '5s'");
    const old = (await listPartitions(session)).filter((name) => isOld(name, now));
    for (const name of old) await session.query(`DROP TABLE "${name}"`);
    return old;
  }, pool);
}

/** Names of all partitions, as `log_samples_p20261125` (a day) or `feed_minutes_p202611` (a month). */
export async function listPartitions(session: Pick<pg.Pool, "query">): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT child.relname AS name FROM pg_inherits
       JOIN pg_class child ON child.oid = inhrelid
       JOIN pg_class parent ON parent.oid = inhparent
      WHERE parent.relname = ANY($1) AND child.relkind IN ('r', 'p') AND pg_table_is_visible(parent.oid)
      ORDER BY 1`,
    [PARTITIONED.map((rule) => rule.table)],
  );
  return rows.map((row) => row.name);
}

function isOld(name: string, now: Date): boolean {
  const match = /^(.*)_p(\d{4})(\d{2})(\d{2})?$/.exec(name);
  const rule = PARTITIONED.find((one) => one.table === match?.[1]);
  if (!match || !rule) return false;
  const [, , year, month, day] = match;
  const from = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? "1")));
  return nextAfter(from, rule.every).getTime() + rule.keepDays * DAY_MS <= now.getTime();
}

/** The spans of a rule that together cover `from` to `to`. */
function spans(rule: PartitionRule, from: Date, to: Date): Span[] {
  const found: Span[] = [];
  for (let start = startOf(from, rule.every); start <= to; start = nextAfter(start, rule.every)) {
    const digits = start
      .toISOString()
      .slice(0, rule.every === "day" ? 10 : 7)
      .replaceAll("-", "");
    found.push({ name: `${rule.table}_p${digits}`, from: start, to: nextAfter(start, rule.every) });
  }
  return found;
}

function startOf(at: Date, every: PartitionRule["every"]): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), every === "day" ? at.getUTCDate() : 1));
}

function nextAfter(start: Date, every: PartitionRule["every"]): Date {
  const day = every === "day" ? 1 : 0;
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1 - day, start.getUTCDate() + day));
}
