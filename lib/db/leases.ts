import type pg from "pg";
import type { Queryable } from "./client.ts";

export interface Lease {
  resource: string;
  /** Grows at each take: a write that carries an older one is refused. */
  fence: bigint;
}

/** Takes free or expired leases among `resources`, at most `most`. Two that try at once never both get one. */
export async function takeLeases(
  db: Queryable,
  resources: string[],
  holder: string,
  durationMs: number,
  most: number,
): Promise<Lease[]> {
  if (resources.length === 0 || most <= 0) return [];
  const { rows } = await db.query<Lease>(
    `INSERT INTO leases (resource, holder, fence, expires_at)
     SELECT free.resource, $2, 1, clock_timestamp() + make_interval(secs => $3::float8 / 1000)
       FROM (SELECT r.resource FROM unnest($1::text[]) AS r(resource) LEFT JOIN leases l USING (resource)
              WHERE l.resource IS NULL OR l.expires_at < clock_timestamp() ORDER BY random() LIMIT $4) AS free
     ON CONFLICT (resource) DO UPDATE
       SET holder = EXCLUDED.holder, fence = leases.fence + 1, expires_at = EXCLUDED.expires_at
       WHERE leases.expires_at < clock_timestamp()
     RETURNING resource, fence`,
    [resources, holder, durationMs, most],
  );
  return rows;
}

/** Prolongs what is still ours. What is missing from the answer was lost: stop at once. */
export async function renewLeases(
  db: Queryable,
  leases: Lease[],
  holder: string,
  durationMs: number,
): Promise<Set<string>> {
  if (leases.length === 0) return new Set();
  const { rows } = await db.query<{ resource: string }>(
    `UPDATE leases l SET expires_at = clock_timestamp() + make_interval(secs => $4::float8 / 1000)
       FROM unnest($1::text[], $2::bigint[]) AS mine(resource, fence)
      WHERE l.resource = mine.resource AND l.fence = mine.fence AND l.holder = $3 AND l.expires_at > clock_timestamp()
      RETURNING l.resource`,
    [leases.map((l) => l.resource), leases.map((l) => l.fence), holder, durationMs],
  );
  return new Set(rows.map((row) => row.resource));
}

/** Gives leases back, so that another worker need not wait for them to expire. The fence stays. */
export async function releaseLeases(db: Queryable, leases: Lease[], holder: string): Promise<void> {
  if (leases.length === 0) return;
  await db.query(
    `UPDATE leases l SET expires_at = clock_timestamp() - interval '1 ms'
       FROM unnest($1::text[], $2::bigint[]) AS mine(resource, fence)
      WHERE l.resource = mine.resource AND l.fence = mine.fence AND l.holder = $3`,
    [leases.map((l) => l.resource), leases.map((l) => l.fence), holder],
  );
}

const PRESENCE = "worker:";

/** Says that a worker is there, with or without a lease, and how many are: the share of each follows from it. */
export async function announceWorker(db: Queryable, holder: string, durationMs: number): Promise<number> {
  await db.query(
    `INSERT INTO leases (resource, holder, fence, expires_at)
     VALUES ($1, $2, 1, clock_timestamp() + make_interval(secs => $3::float8 / 1000))
     ON CONFLICT (resource) DO UPDATE SET expires_at = EXCLUDED.expires_at`,
    [PRESENCE + holder, holder, durationMs],
  );
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM leases WHERE resource LIKE '${PRESENCE}%' AND expires_at > clock_timestamp()`,
  );
  return Math.max(1, rows[0]?.n ?? 1);
}

/** Takes a worker's word back, and forgets those that have been silent for an hour. */
export async function retireWorker(db: Queryable, holder: string): Promise<void> {
  await db.query(
    `DELETE FROM leases WHERE resource LIKE '${PRESENCE}%' AND (holder = $1 OR expires_at < clock_timestamp() - interval '1 hour')`,
    [holder],
  );
}

export class StaleFenceError extends Error {
  override name = "StaleFenceError";
}

/** Called first in every transaction of a cycle: holds the lease's row, and refuses when somebody else has taken it since. */
export async function requireFence(session: pg.PoolClient, lease: Lease): Promise<void> {
  const { rowCount } = await session.query("SELECT 1 FROM leases WHERE resource = $1 AND fence = $2 FOR SHARE", [
    lease.resource,
    lease.fence,
  ]);
  if (!rowCount) throw new StaleFenceError(`${lease.resource} is another worker's now`);
}
