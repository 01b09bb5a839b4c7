import { getPool } from "../client.ts";

export interface MinuteRow {
  minute: Date;
  verdict: string;
  worstAgeMs: number | null;
  dominantHop: string | null;
  /** Hold of each hop in the worst sample, ms; a hop that was not measured is null or absent. */
  holds: Record<string, number | null>;
  because: string | null;
  contractVersion: number;
  samples: number;
  expected: number;
  origin: string;
}

/**
 * Minutes of one feed in [from, to), the worst of each `stepSeconds` (a multiple of 60): bad before unmeasured before
 * excluded before good, then the oldest. `samples` and `expected` are those of the whole step.
 */
export async function listFeedMinutes(feedId: string, from: Date, to: Date, stepSeconds: number): Promise<MinuteRow[]> {
  const { rows } = await getPool().query<MinuteRow>(
    `SELECT DISTINCT ON (step)
            step AS minute, verdict, worst_age_ms::float8 AS "worstAgeMs", dominant_hop AS "dominantHop", holds, because,
            contract_version AS "contractVersion", origin,
            (sum(samples) OVER (PARTITION BY step))::int AS samples, (sum(expected) OVER (PARTITION BY step))::int AS expected
       FROM (SELECT *, date_bin(make_interval(secs => $4), minute, $2) AS step
               FROM feed_minutes WHERE feed_id = $1 AND minute >= $2 AND minute < $3) AS minutes
      ORDER BY step, array_position(ARRAY['bad', 'unmeasured', 'excluded', 'good'], verdict), worst_age_ms DESC NULLS LAST
      LIMIT 1500`,
    [feedId, from, to, stepSeconds],
  );
  return rows;
}

/** The usual hold of each hop, ms: the median over the good minutes of [from, to), where there are at least ten. */
export async function readUsualHolds(feedId: string, from: Date, to: Date): Promise<Record<string, number>> {
  const { rows } = await getPool().query<{ hop: string; holdMs: number }>(
    `SELECT hop, percentile_disc(0.5) WITHIN GROUP (ORDER BY hold::float8) AS "holdMs"
       FROM feed_minutes, jsonb_each_text(holds) AS h(hop, hold)
      WHERE feed_id = $1 AND minute >= $2 AND minute < $3 AND verdict = 'good' AND hold IS NOT NULL
      GROUP BY hop HAVING count(*) >= 10 LIMIT 100`,
    [feedId, from, to],
  );
  return Object.fromEntries(rows.map((row) => [row.hop, row.holdMs]));
}
