import type { Queryable } from "./client.ts";

const PREFIX = "task-worker:";
const ALIVE_SECONDS = 60;

/** Says that these task workers of this process live; forgotten a minute after the last time. */
export async function announceTaskWorkers(db: Queryable, workerIds: string[]): Promise<void> {
  await db.query(
    `INSERT INTO leases (resource, holder, fence, expires_at)
     SELECT $2 || id, id, 1, clock_timestamp() + make_interval(secs => $3) FROM unnest($1::text[]) AS id
     ON CONFLICT (resource) DO UPDATE SET expires_at = EXCLUDED.expires_at`,
    [workerIds, PREFIX, ALIVE_SECONDS],
  );
}

/**
 * Frees the jobs of task workers that have not been heard of for a minute: graphile-worker itself would keep them locked
 * for four hours after a kill. Returns the workers that were found dead.
 */
export async function unlockDeadTaskWorkers(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT DISTINCT j.locked_by AS id FROM graphile_worker.jobs j
      WHERE j.locked_by IS NOT NULL AND j.locked_at < clock_timestamp() - make_interval(secs => $2)
        AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.resource = $1 || j.locked_by AND l.expires_at > clock_timestamp())`,
    [PREFIX, ALIVE_SECONDS],
  );
  const dead = rows.map((row) => row.id);
  if (dead.length > 0) await db.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [dead]);
  await db.query(
    "DELETE FROM leases WHERE resource LIKE $1 || '%' AND expires_at < clock_timestamp() - interval '1 hour'",
    [PREFIX],
  );
  return dead;
}
