import type { JudgedMinute } from "#lib/domain/freshness/minutes.ts";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { getPool } from "../client.ts";

export interface UnsealedFeed {
  feedId: string;
  /** First minute to seal: the one after the last sealed, or the first whole minute of its readings. */
  from: Date;
  /** Tick up to which it is evaluated. */
  evaluatedTo: Date;
  contractVersion: number;
}

/** Feeds with a whole minute before `until` that is not sealed yet; looks two days back at most. */
export async function listUnsealed(until: Date, limit: number): Promise<UnsealedFeed[]> {
  const { rows } = await getPool().query<UnsealedFeed>(
    `SELECT * FROM (
       SELECT s.feed_id AS "feedId", s.tick AS "evaluatedTo", (s.reading ->> 'contractVersion')::int AS "contractVersion",
              greatest(coalesce(
                (SELECT max(minute) + interval '1 minute' FROM feed_minutes m
                  WHERE m.feed_id = s.feed_id AND m.minute > $1::timestamptz - interval '2 days'),
                (SELECT date_trunc('minute', min(tick)) + interval '1 minute' FROM feed_readings r
                  WHERE r.feed_id = s.feed_id AND r.tick > $1::timestamptz - interval '2 days')),
                $1::timestamptz - interval '1 day') AS "from"
         FROM feed_states s) AS known
      WHERE "from" < $1 ORDER BY "from" LIMIT $2`,
    [until, limit],
  );
  return rows;
}

export interface MinuteInputs {
  feedId: string;
  tick: Date;
  reading: FeedReading;
}

/** Readings of many feeds in [from, to), without their partitions. */
export async function listReadingsBetween(feedIds: string[], from: Date, to: Date): Promise<MinuteInputs[]> {
  const { rows } = await getPool().query<MinuteInputs>(
    `SELECT feed_id AS "feedId", tick, reading FROM feed_readings
      WHERE feed_id = ANY ($1::uuid[]) AND tick >= $2 AND tick < $3 ORDER BY feed_id, tick`,
    [feedIds, from, to],
  );
  return rows;
}

/** Minutes in which a loss was found, as `<feed>/<ms>`. */
export async function listLossMinutes(feedIds: string[], from: Date, to: Date): Promise<Set<string>> {
  const { rows } = await getPool().query<{ feedId: string; minute: Date }>(
    `SELECT DISTINCT feed_id AS "feedId", date_trunc('minute', at) AS minute FROM feed_events
      WHERE feed_id = ANY ($1::uuid[]) AND at >= $2 AND at < $3 AND kind LIKE 'loss-%'`,
    [feedIds, from, to],
  );
  return new Set(rows.map((row) => `${row.feedId}/${row.minute.getTime()}`));
}

export interface SealedMinute extends JudgedMinute {
  feedId: string;
  minute: Date;
  contractVersion: number;
}

/** A minute is sealed once: a second try leaves the first as it is. */
export async function insertMinutes(minutes: SealedMinute[]): Promise<void> {
  if (minutes.length === 0) return;
  await getPool().query(
    `INSERT INTO feed_minutes (feed_id, minute, verdict, worst_age_ms, dominant_hop, holds, because, contract_version, samples, expected, origin)
     SELECT f, m, v, w, d, h::jsonb, b, c, s, e, 'sampled'
       FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[], $10::int[])
         AS g(f, m, v, w, d, h, b, c, s, e)
     ON CONFLICT (feed_id, minute) DO NOTHING`,
    [
      minutes.map((m) => m.feedId),
      minutes.map((m) => m.minute),
      minutes.map((m) => m.verdict),
      minutes.map((m) => m.worstAgeMs),
      minutes.map((m) => m.dominantHop),
      minutes.map((m) => JSON.stringify(m.holds)),
      minutes.map((m) => m.because),
      minutes.map((m) => m.contractVersion),
      minutes.map((m) => m.samples),
      minutes.map((m) => m.expected),
    ],
  );
}
