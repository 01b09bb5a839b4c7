import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { getPool } from "../client.ts";

export interface ReadingPoint {
  at: Date;
  state: string;
  ageMs: number | null;
  ageLowerMs: number | null;
  heldBy: string | null;
  contractVersion: number;
  because: string | null;
  /** Hop → its hold in ms; null where it was not measured. */
  holds: Record<string, number | null>;
}

/** Readings of one feed in [from, to), the oldest age of each `stepSeconds`. */
export async function listFeedReadingPoints(
  feedId: string,
  from: Date,
  to: Date,
  stepSeconds: number,
): Promise<ReadingPoint[]> {
  const { rows } = await getPool().query<ReadingPoint>(
    `SELECT step AS at, state, age_ms::float8 AS "ageMs", age_lower_ms::float8 AS "ageLowerMs", held_by AS "heldBy",
            contract_version AS "contractVersion", reading ->> 'because' AS because,
            coalesce((SELECT jsonb_object_agg(h ->> 'hop', h -> 'holdMs') FROM jsonb_array_elements(reading -> 'hops') AS h), '{}') AS holds
       FROM (SELECT DISTINCT ON (step) * FROM (
               SELECT *, date_bin(make_interval(secs => $4), tick, $2) AS step
                 FROM feed_readings WHERE feed_id = $1 AND tick >= $2 AND tick < $3) AS readings
              ORDER BY step, age_ms DESC NULLS LAST LIMIT 1500) AS worst
      ORDER BY step`,
    [feedId, from, to, stepSeconds],
  );
  return rows;
}

/** The newest reading in [from, to]: how things stood then. */
export async function findEarlierReading(feedId: string, from: Date, to: Date): Promise<FeedReading | null> {
  const { rows } = await getPool().query<{ reading: FeedReading }>(
    "SELECT reading FROM feed_readings WHERE feed_id = $1 AND tick >= $2 AND tick <= $3 ORDER BY tick DESC LIMIT 1",
    [feedId, from, to],
  );
  return rows[0]?.reading ?? null;
}
