import type { Queryable } from "../client.ts";

/** Announcements older than what the sampled history keeps, and that no fold can still need, are dropped. */
const KEPT = "14 days";

export async function dropOldControlEvents(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `DELETE FROM control_events WHERE tick < now() - interval '${KEPT}' AND at < now() - interval '${KEPT}'`,
  );
  return rowCount ?? 0;
}
