import type { Queryable } from "../client.ts";
import type { ControlEventRow, EventTimeSampleRow, GroupSampleRow, LogSampleRow } from "../samples/cluster-rows.ts";

/** Raw rows of one cluster's tick, as the samplers stored them. Arrays are indexed by partition. */
export interface AttemptRow {
  outcome: string;
  errorCode: string | null;
  error: string | null;
  positionsAt: Date | null;
  endsAt: Date | null;
}

export type ControlRow = Omit<ControlEventRow, "topicId">;

export interface ClusterTick {
  tick: Date;
  attempt: AttemptRow;
  logs: Map<string, LogSampleRow>;
  groups: Map<string, GroupSampleRow[]>;
  members: Map<string, number>;
  /** By topic. */
  eventTimes: Map<string, EventTimeSampleRow[]>;
  /** By `controlKey`. */
  control: Map<string, ControlRow[]>;
}

export const controlKey = (topic: string, groupId: string): string => `${topic}\n${groupId}`;

/** Ticks of a connection after `after` up to `until`, oldest first, at most `limit`. */
export async function listTicks(db: Queryable, connectionId: string, after: Date, until: Date, limit: number) {
  const { rows } = await db.query<{ tick: Date }>(
    `SELECT tick FROM sample_attempts WHERE connection_id = $1 AND tick > $2 AND tick <= $3 AND outcome <> 'missed'
      ORDER BY tick LIMIT $4`,
    [connectionId, after, until, limit],
  );
  return rows.map((row) => row.tick);
}

/** Which of these connections have been tried at `tick`. */
export async function listTried(db: Queryable, connectionIds: string[], tick: Date): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    "SELECT connection_id AS id FROM sample_attempts WHERE connection_id = ANY ($1::uuid[]) AND tick = $2",
    [connectionIds, tick],
  );
  return new Set(rows.map((row) => row.id));
}

export async function loadClusterTick(db: Queryable, clusterId: string, tick: Date): Promise<ClusterTick | null> {
  const attempt = await findAttempt(db, clusterId, tick);
  if (attempt === null) return null;
  const at = [clusterId, tick];
  const logs = await db.query<LogSampleRow>(
    `SELECT topic, topic_id AS "topicId", high_watermarks AS "highWatermarks", last_stable_offsets AS "lastStableOffsets",
            log_starts AS "logStarts", errors FROM log_samples WHERE cluster_id = $1 AND tick = $2`,
    at,
  );
  const groups = await db.query<GroupSampleRow>(
    `SELECT group_id AS "groupId", topic, offsets, error_code AS "errorCode"
       FROM group_samples WHERE cluster_id = $1 AND tick = $2`,
    at,
  );
  const members = await db.query<{ groupId: string; members: number }>(
    `SELECT group_id AS "groupId", members FROM group_states
      WHERE cluster_id = $1 AND members IS NOT NULL AND observed_at BETWEEN $2::timestamptz - interval '1 minute' AND $2::timestamptz + interval '1 minute'`,
    at,
  );
  return {
    tick,
    attempt,
    logs: new Map(logs.rows.map((row) => [row.topic, row])),
    groups: Map.groupBy(groups.rows, (row) => row.groupId),
    members: new Map(members.rows.map((row) => [row.groupId, row.members])),
    eventTimes: Map.groupBy(await listEventTimes(db, clusterId, tick), (row) => row.topic),
    control: Map.groupBy(await listControl(db, clusterId, tick), (row) => controlKey(row.topic, row.groupId)),
  };
}

export async function findAttempt(db: Queryable, connectionId: string, tick: Date): Promise<AttemptRow | null> {
  const { rows } = await db.query<AttemptRow>(
    `SELECT outcome, error_code AS "errorCode", error, positions_at AS "positionsAt", ends_at AS "endsAt"
       FROM sample_attempts WHERE connection_id = $1 AND tick = $2 AND outcome <> 'missed'`,
    [connectionId, tick],
  );
  return rows[0] ?? null;
}

const EVENT_TIME = `topic, topic_id AS "topicId", partition, "offset", spec, found_offset AS "foundOffset",
  record_timestamp AS "recordTimestamp", log_append_time AS "logAppendTime", event_time AS "eventTime", unreadable,
  empty_up_to AS "emptyUpTo"`;

async function listEventTimes(db: Queryable, clusterId: string, tick: Date): Promise<EventTimeSampleRow[]> {
  const { rows } = await db.query<EventTimeSampleRow>(
    `SELECT ${EVENT_TIME} FROM event_times WHERE cluster_id = $1 AND tick = $2`,
    [clusterId, tick],
  );
  return rows;
}

/** What was read at these very offsets before: for a feed whose evaluation starts while others have run. */
export async function listEventTimesAt(
  db: Queryable,
  clusterId: string,
  asked: { topicId: string; partition: number; offset: bigint }[],
  since: Date,
): Promise<EventTimeSampleRow[]> {
  const { rows } = await db.query<EventTimeSampleRow>(
    `SELECT ${EVENT_TIME} FROM event_times
      WHERE cluster_id = $1 AND tick >= $5 AND (topic_id, partition, "offset") IN
        (SELECT * FROM unnest($2::text[], $3::int[], $4::bigint[]))`,
    [clusterId, asked.map((a) => a.topicId), asked.map((a) => a.partition), asked.map((a) => a.offset), since],
  );
  return rows;
}

const CONTROL = `topic, partition, "offset", at, type, group_id AS "groupId", commit_id AS "commitId",
  table_name AS "tableName", rows, assignments`;

async function listControl(db: Queryable, clusterId: string, tick: Date): Promise<ControlRow[]> {
  const { rows } = await db.query<ControlRow>(
    `SELECT ${CONTROL} FROM control_events WHERE cluster_id = $1 AND tick = $2 ORDER BY topic, partition, "offset"`,
    [clusterId, tick],
  );
  return rows;
}

/** Everything one group announced on its control topic up to `tick`. */
export async function listControlHistory(
  db: Queryable,
  clusterId: string,
  topic: string,
  groupId: string,
  tick: Date,
): Promise<ControlRow[]> {
  const { rows } = await db.query<ControlRow>(
    `SELECT ${CONTROL} FROM control_events WHERE cluster_id = $1 AND topic = $2 AND group_id = $3 AND tick <= $4 AND topic_id =
        (SELECT topic_id FROM control_events WHERE cluster_id = $1 AND topic = $2 AND tick <= $4 ORDER BY tick DESC LIMIT 1)
      ORDER BY partition, "offset"`,
    [clusterId, topic, groupId, tick],
  );
  return rows;
}
