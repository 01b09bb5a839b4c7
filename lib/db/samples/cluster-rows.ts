import type pg from "pg";

/** Index = partition. Null where the partition could not be read; `errors` holds Kafka's error code, 0 for none. */
export interface LogSampleRow {
  topic: string;
  topicId: string;
  highWatermarks: (bigint | null)[];
  lastStableOffsets: (bigint | null)[];
  logStarts: (bigint | null)[];
  errors: number[];
}

/** Index = partition, −1n where the group has no commit. A group that was refused has one row with topic "" and its error code. */
export interface GroupSampleRow {
  groupId: string;
  topic: string;
  offsets: bigint[];
  errorCode: number;
}

export interface GroupStateRow {
  groupId: string;
  type: string;
  state: string;
  members: number | null;
  observedAt: Date;
}

export interface EventTimeSampleRow {
  topic: string;
  topicId: string;
  partition: number;
  offset: bigint;
  spec: string;
  foundOffset: bigint | null;
  emptyUpTo: bigint | null;
  recordTimestamp: Date | null;
  logAppendTime: boolean;
  eventTime: Date | null;
  unreadable: string | null;
}

export interface ControlEventRow {
  topic: string;
  /** A topic made anew starts its offsets again. */
  topicId: string;
  partition: number;
  offset: bigint;
  at: Date;
  type: string;
  groupId: string;
  commitId: string;
  tableName: string | null;
  rows: number | null;
  assignments: { topic: string; partition: number; offset: string | null; timestamp: string | null }[] | null;
}

export interface ClusterRows {
  logs: LogSampleRow[];
  groups: GroupSampleRow[];
  groupStates: GroupStateRow[];
  eventTimes: EventTimeSampleRow[];
  controlEvents: ControlEventRow[];
}

export async function insertClusterRows(session: pg.PoolClient, clusterId: string, tick: Date, rows: ClusterRows) {
  await insertLogs(session, clusterId, tick, rows.logs);
  await insertGroups(session, clusterId, tick, rows.groups);
  await putGroupStates(session, clusterId, rows.groupStates);
  await insertEventTimes(session, clusterId, tick, rows.eventTimes);
  await insertControlEvents(session, clusterId, tick, rows.controlEvents);
}

/** An array as PostgreSQL writes it: unnest of arrays of arrays would flatten them, so they travel as text. */
const literal = (values: readonly (bigint | number | null)[]) =>
  `{${values.map((v) => (v === null ? "NULL" : String(v))).join(",")}}`;

async function insertLogs(session: pg.PoolClient, clusterId: string, tick: Date, rows: LogSampleRow[]) {
  if (rows.length === 0) return;
  await session.query(
    `INSERT INTO log_samples (cluster_id, tick, topic, topic_id, high_watermarks, last_stable_offsets, log_starts, errors)
     SELECT $1, $2, t, i, h::bigint[], l::bigint[], s::bigint[], e::smallint[]
       FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS g(t, i, h, l, s, e)`,
    [
      clusterId,
      tick,
      rows.map((r) => r.topic),
      rows.map((r) => r.topicId),
      rows.map((r) => literal(r.highWatermarks)),
      rows.map((r) => literal(r.lastStableOffsets)),
      rows.map((r) => literal(r.logStarts)),
      rows.map((r) => literal(r.errors)),
    ],
  );
}

async function insertGroups(session: pg.PoolClient, clusterId: string, tick: Date, rows: GroupSampleRow[]) {
  if (rows.length === 0) return;
  await session.query(
    `INSERT INTO group_samples (cluster_id, tick, group_id, topic, offsets, error_code)
     SELECT $1, $2, g, t, o::bigint[], e FROM unnest($3::text[], $4::text[], $5::text[], $6::smallint[]) AS x(g, t, o, e)`,
    [
      clusterId,
      tick,
      rows.map((r) => r.groupId),
      rows.map((r) => r.topic),
      rows.map((r) => literal(r.offsets)),
      rows.map((r) => r.errorCode),
    ],
  );
}

async function putGroupStates(session: pg.PoolClient, clusterId: string, rows: GroupStateRow[]) {
  if (rows.length === 0) return;
  await session.query(
    `INSERT INTO group_states (cluster_id, group_id, type, state, members, observed_at)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[])
     ON CONFLICT (cluster_id, group_id) DO UPDATE
       SET type = EXCLUDED.type, state = EXCLUDED.state, members = EXCLUDED.members, observed_at = EXCLUDED.observed_at`,
    [
      clusterId,
      rows.map((r) => r.groupId),
      rows.map((r) => r.type),
      rows.map((r) => r.state),
      rows.map((r) => r.members),
      rows.map((r) => r.observedAt),
    ],
  );
}

async function insertEventTimes(session: pg.PoolClient, clusterId: string, tick: Date, rows: EventTimeSampleRow[]) {
  if (rows.length === 0) return;
  await session.query(
    `INSERT INTO event_times (cluster_id, tick, topic, topic_id, partition, "offset", spec, found_offset, empty_up_to,
                              record_timestamp, log_append_time, event_time, unreadable)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::int[], $6::bigint[], $7::text[], $8::bigint[], $9::bigint[],
                                  $10::timestamptz[], $11::boolean[], $12::timestamptz[], $13::text[])
     ON CONFLICT DO NOTHING`,
    [
      clusterId,
      tick,
      rows.map((r) => r.topic),
      rows.map((r) => r.topicId),
      rows.map((r) => r.partition),
      rows.map((r) => r.offset),
      rows.map((r) => r.spec),
      rows.map((r) => r.foundOffset),
      rows.map((r) => r.emptyUpTo),
      rows.map((r) => r.recordTimestamp),
      rows.map((r) => r.logAppendTime),
      rows.map((r) => r.eventTime),
      rows.map((r) => r.unreadable),
    ],
  );
}

async function insertControlEvents(session: pg.PoolClient, clusterId: string, tick: Date, rows: ControlEventRow[]) {
  if (rows.length === 0) return;
  await session.query(
    `INSERT INTO control_events (cluster_id, tick, topic, topic_id, partition, "offset", at, type, group_id, commit_id, table_name, rows, assignments)
     SELECT $1, $2, t, i, p, o, a, k, g, c, n, r, j::jsonb
       FROM unnest($3::text[], $4::text[], $5::int[], $6::bigint[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::text[], $12::int[], $13::text[])
         AS x(t, i, p, o, a, k, g, c, n, r, j)
     ON CONFLICT (cluster_id, topic, topic_id, partition, "offset") DO NOTHING`,
    [
      clusterId,
      tick,
      rows.map((r) => r.topic),
      rows.map((r) => r.topicId),
      rows.map((r) => r.partition),
      rows.map((r) => r.offset),
      rows.map((r) => r.at),
      rows.map((r) => r.type),
      rows.map((r) => r.groupId),
      rows.map((r) => r.commitId),
      rows.map((r) => r.tableName),
      rows.map((r) => r.rows),
      rows.map((r) => (r.assignments === null ? null : JSON.stringify(r.assignments))),
    ],
  );
}

/** Per control topic and partition, the next offset to read: one past the newest stored. */
export async function listControlTails(
  session: Pick<pg.PoolClient, "query">,
  clusterId: string,
  topics: string[],
): Promise<{ topic: string; partition: number; next: bigint }[]> {
  const { rows } = await session.query<{ topic: string; partition: number; next: bigint }>(
    `SELECT topic, partition, max("offset") + 1 AS next FROM control_events e
      WHERE cluster_id = $1 AND topic = ANY ($2::text[]) AND topic_id =
        (SELECT topic_id FROM control_events n WHERE n.cluster_id = $1 AND n.topic = e.topic ORDER BY tick DESC LIMIT 1)
      GROUP BY topic, partition`,
    [clusterId, topics],
  );
  return rows;
}

/** Offsets whose event time is known already, since `since`, as `<topicId>/<partition>/<offset>/<spec>`. */
export async function listKnownEventTimes(
  session: Pick<pg.PoolClient, "query">,
  clusterId: string,
  since: Date,
  limit: number,
): Promise<string[]> {
  const { rows } = await session.query<{ key: string }>(
    `SELECT topic_id || '/' || partition || '/' || "offset" || '/' || spec AS key FROM event_times
      WHERE cluster_id = $1 AND tick > $2 AND found_offset IS NOT NULL ORDER BY tick DESC LIMIT $3`,
    [clusterId, since, limit],
  );
  return rows.map((row) => row.key);
}
