import type pg from "pg";

/** The head of one table's ref at one tick; `error` says why it could not be read. */
export interface TableSampleRow {
  tableName: string;
  ref: string;
  tableUuid: string | null;
  snapshotId: string | null;
  observedAt: Date;
  errorCode: string | null;
  error: string | null;
}

export interface TableSnapshotRow {
  tableName: string;
  snapshotId: string;
  parentId: string | null;
  operation: string;
  committedAt: Date;
  observedAt: Date;
  summary: Record<string, string>;
}

export interface TableRows {
  heads: TableSampleRow[];
  /** Snapshots not in our book yet; those that are stay as they were first seen. */
  snapshots: TableSnapshotRow[];
}

export async function insertTableRows(session: pg.PoolClient, catalogId: string, tick: Date, rows: TableRows) {
  const { heads, snapshots } = rows;
  await session.query(
    `INSERT INTO table_snapshots (catalog_id, table_name, snapshot_id, parent_id, operation, committed_at, observed_at, summary)
     SELECT $1, t, s, p, o, c, b, j::jsonb
       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[]) AS g(t, s, p, o, c, b, j)
     ON CONFLICT (catalog_id, table_name, snapshot_id) DO NOTHING`,
    [
      catalogId,
      snapshots.map((s) => s.tableName),
      snapshots.map((s) => s.snapshotId),
      snapshots.map((s) => s.parentId),
      snapshots.map((s) => s.operation),
      snapshots.map((s) => s.committedAt),
      snapshots.map((s) => s.observedAt),
      snapshots.map((s) => JSON.stringify(s.summary)),
    ],
  );
  await session.query(
    `INSERT INTO table_samples (catalog_id, tick, table_name, ref, table_uuid, snapshot_id, observed_at, error_code, error)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[])`,
    [
      catalogId,
      tick,
      heads.map((h) => h.tableName),
      heads.map((h) => h.ref),
      heads.map((h) => h.tableUuid),
      heads.map((h) => h.snapshotId),
      heads.map((h) => h.observedAt),
      heads.map((h) => h.errorCode),
      heads.map((h) => h.error),
    ],
  );
}

/** Snapshot ids of a table that are in our book, newest first. */
export async function listKnownSnapshots(
  session: Pick<pg.PoolClient, "query">,
  catalogId: string,
  table: string,
  limit: number,
) {
  const { rows } = await session.query<{ id: string }>(
    `SELECT snapshot_id AS id FROM table_snapshots WHERE catalog_id = $1 AND table_name = $2 ORDER BY committed_at DESC LIMIT $3`,
    [catalogId, table, limit],
  );
  return rows.map((row) => row.id);
}
