import { getPool } from "../client.ts";

export interface SparkMinute {
  feedId: string;
  minute: Date;
  /** Null in a minute that could not be measured. */
  worstAgeMs: number | null;
}

/** The minutes of many feeds in [from, to), in one query: at most 200 feeds, at most 120 minutes. */
export async function listSparkMinutes(feedIds: readonly string[], from: Date, to: Date): Promise<SparkMinute[]> {
  if (feedIds.length === 0) return [];
  const { rows } = await getPool().query<SparkMinute>(
    `SELECT feed_id AS "feedId", minute,
            CASE WHEN verdict = 'unmeasured' THEN NULL ELSE worst_age_ms::float8 END AS "worstAgeMs"
       FROM feed_minutes
      WHERE feed_id = ANY ($1::uuid[]) AND minute >= $2 AND minute < $3
      ORDER BY feed_id, minute LIMIT 24000`,
    [feedIds.slice(0, 200), from, to],
  );
  return rows;
}
