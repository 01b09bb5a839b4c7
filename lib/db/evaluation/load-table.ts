import type { Queryable } from "../client.ts";

export interface TableHeadRow {
  tableUuid: string | null;
  snapshotId: string | null;
  errorCode: string | null;
  error: string | null;
}

/** The value of `key` in the summary of the nearest ancestor of a snapshot that has it, in our book; null when none has. */
export async function findInAncestry(
  db: Queryable,
  catalogId: string,
  table: string,
  snapshotId: string,
  key: string,
): Promise<string | null> {
  const { rows } = await db.query<{ value: string }>(
    `WITH RECURSIVE ancestry AS (
       SELECT snapshot_id, parent_id, summary, 1 AS depth FROM table_snapshots
        WHERE catalog_id = $1 AND table_name = $2 AND snapshot_id = $3
       UNION ALL
       SELECT s.snapshot_id, s.parent_id, s.summary, a.depth + 1
         FROM ancestry a JOIN table_snapshots s
           ON s.catalog_id = $1 AND s.table_name = $2 AND s.snapshot_id = a.parent_id
        WHERE NOT (a.summary ? $4) AND a.depth < 10000)
     SELECT summary ->> $4 AS value FROM ancestry WHERE summary ? $4 LIMIT 1`,
    [catalogId, table, snapshotId, key],
  );
  return rows[0]?.value ?? null;
}
