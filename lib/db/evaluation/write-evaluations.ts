import type pg from "pg";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { sqlTransaction } from "../transaction.ts";

export interface Evaluated {
  feedId: string;
  /** Tick of the state this one went on from; null for a first one. Another one in the table means another worker was faster. */
  from: Date | null;
  tick: Date;
  state: unknown;
  reading: FeedReading;
  events: { kind: string; hop: string | null; text: string }[];
}

/**
 * Stores one tick's evaluation of many feeds in one transaction: state, reading and events together or not at all.
 * A feed whose state has moved on meanwhile is left alone. Returns the ids that were stored.
 */
export function writeEvaluations(rows: Evaluated[]): Promise<Set<string>> {
  return sqlTransaction(async (session) => {
    const stored = await putStates(session, rows);
    const kept = rows.filter((row) => stored.has(row.feedId));
    await insertReadings(session, kept);
    await insertEvents(session, kept);
    return stored;
  });
}

async function putStates(session: pg.PoolClient, rows: Evaluated[]): Promise<Set<string>> {
  const columns = [
    rows.map((r) => r.feedId),
    rows.map((r) => r.from),
    rows.map((r) => r.tick),
    rows.map((r) => JSON.stringify(r.state)),
    rows.map((r) => JSON.stringify(r.reading)),
  ];
  const given = `unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::text[]) AS g(feed_id, "from", tick, state, reading)`;
  const updated = await session.query<{ id: string }>(
    `UPDATE feed_states s SET tick = g.tick, state = g.state::jsonb, reading = g.reading::jsonb, updated_at = now()
       FROM ${given} WHERE s.feed_id = g.feed_id AND s.tick = g."from" RETURNING s.feed_id AS id`,
    columns,
  );
  const inserted = await session.query<{ id: string }>(
    `INSERT INTO feed_states (feed_id, tick, state, reading)
     SELECT g.feed_id, g.tick, g.state::jsonb, g.reading::jsonb FROM ${given} WHERE g."from" IS NULL
     ON CONFLICT (feed_id) DO NOTHING RETURNING feed_id AS id`,
    columns,
  );
  return new Set([...updated.rows, ...inserted.rows].map((row) => row.id));
}

async function insertReadings(session: pg.PoolClient, rows: Evaluated[]): Promise<void> {
  await session.query(
    `INSERT INTO feed_readings (feed_id, tick, state, age_ms, age_lower_ms, held_by, contract_version, reading)
     SELECT feed_id, tick, reading ->> 'state', (reading ->> 'ageMs')::bigint, (reading ->> 'ageLowerMs')::bigint,
            reading #>> '{heldBy,hop}', (reading ->> 'contractVersion')::int, reading
       FROM (SELECT feed_id, tick, reading::jsonb AS reading
               FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS g(feed_id, tick, reading)) AS given
     ON CONFLICT (feed_id, tick) DO NOTHING`,
    [rows.map((r) => r.feedId), rows.map((r) => r.tick), rows.map((r) => JSON.stringify(r.reading))],
  );
}

async function insertEvents(session: pg.PoolClient, rows: Evaluated[]): Promise<void> {
  const events = rows.flatMap((row) => row.events.map((event) => ({ ...event, feedId: row.feedId, at: row.tick })));
  if (events.length === 0) return;
  await session.query(
    `INSERT INTO feed_events (feed_id, at, kind, hop, text)
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])
     ON CONFLICT (feed_id, at, kind) DO NOTHING`,
    [
      events.map((e) => e.feedId),
      events.map((e) => e.at),
      events.map((e) => e.kind),
      events.map((e) => e.hop),
      events.map((e) => e.text),
    ],
  );
}
