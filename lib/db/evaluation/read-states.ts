import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { getPool } from "../client.ts";

export interface StateRow {
  feedId: string;
  tick: Date;
  state: unknown;
  reading: FeedReading;
}

/** Where the evaluation of each feed stands; feeds never evaluated are absent. */
export async function listStateTicks(feedIds: string[]): Promise<Map<string, Date>> {
  const { rows } = await getPool().query<{ id: string; tick: Date }>(
    "SELECT feed_id AS id, tick FROM feed_states WHERE feed_id = ANY ($1::uuid[])",
    [feedIds],
  );
  return new Map(rows.map((row) => [row.id, row.tick]));
}

export async function listStates(feedIds: string[]): Promise<StateRow[]> {
  const { rows } = await getPool().query<StateRow>(
    `SELECT feed_id AS "feedId", tick, state, reading FROM feed_states WHERE feed_id = ANY ($1::uuid[])`,
    [feedIds],
  );
  return rows;
}
