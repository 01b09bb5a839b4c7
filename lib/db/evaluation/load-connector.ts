import type { Queryable } from "../client.ts";

export interface ConnectorRow {
  state: string;
  tasks: { id: number; state: string }[];
  config: Record<string, string>;
}

/** The newest sight of it up to `tick`, within a day. */
export async function findLastConnector(db: Queryable, connectId: string, connector: string, tick: Date) {
  const { rows } = await db.query<ConnectorRow>(
    `SELECT state, tasks, config FROM connector_samples
      WHERE connect_id = $1 AND connector = $2 AND tick <= $3 AND tick > $3::timestamptz - interval '1 day'
      ORDER BY tick DESC LIMIT 1`,
    [connectId, connector, tick],
  );
  return rows[0] ?? null;
}

/** Since when a connection has not answered, as of a `tick` at which it did not: the first failure after the last success. */
export async function findFailingSince(db: Queryable, connectionId: string, tick: Date): Promise<Date> {
  const { rows } = await db.query<{ since: Date | null }>(
    `SELECT min(tick) AS since FROM sample_attempts
      WHERE connection_id = $1 AND tick <= $2 AND outcome = 'failed' AND tick > coalesce(
        (SELECT max(tick) FROM sample_attempts WHERE connection_id = $1 AND tick < $2 AND outcome IN ('ok', 'partial')),
        $2::timestamptz - interval '1 day')`,
    [connectionId, tick],
  );
  return rows[0]?.since ?? tick;
}
