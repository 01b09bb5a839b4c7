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

/** The newest known configuration (allow-listed keys) of connectors, within a day. One never seen is not there. */
export async function listConnectorConfigs(
  session: Pick<pg.PoolClient, "query">,
  wanted: readonly { connect: string; connector: string }[],
): Promise<{ connect: string; connector: string; config: Record<string, string> }[]> {
  if (wanted.length === 0) return [];
  const { rows } = await session.query<{ connect: string; connector: string; config: Record<string, string> }>(
    `SELECT w.connect, w.connector, newest.config
       FROM unnest($1::text[], $2::text[]) AS w(connect, connector)
       JOIN connections c ON c.kind = 'connect' AND c.name = w.connect AND c.removed_at IS NULL
       CROSS JOIN LATERAL (
         SELECT config FROM connector_samples s
          WHERE s.connect_id = c.id AND s.connector = w.connector AND s.tick > now() - interval '1 day'
          ORDER BY tick DESC LIMIT 1) AS newest`,
    [wanted.map((one) => one.connect), wanted.map((one) => one.connector)],
  );
  return rows;
}
