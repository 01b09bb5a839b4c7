import type pg from "pg";

/** One connector at one tick. `config` holds allow-listed keys only, never a secret. */
export interface ConnectorSampleRow {
  connector: string;
  state: string;
  tasks: { id: number; state: string }[];
  config: Record<string, string>;
}

export async function insertConnectRows(
  session: pg.PoolClient,
  connectId: string,
  tick: Date,
  rows: ConnectorSampleRow[],
) {
  if (rows.length === 0) return;
  await session.query(
    `INSERT INTO connector_samples (connect_id, tick, connector, state, tasks, config)
     SELECT $1, $2, c, s, t::jsonb, f::jsonb FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS g(c, s, t, f)`,
    [
      connectId,
      tick,
      rows.map((r) => r.connector),
      rows.map((r) => r.state),
      rows.map((r) => JSON.stringify(r.tasks)),
      rows.map((r) => JSON.stringify(r.config)),
    ],
  );
}
