import { z } from "zod";
import { getPool } from "#lib/db/client.ts";
import type { TableHeadRow } from "#lib/db/evaluation/load-table.ts";
import { controlKey, listControlHistory, type ClusterTick, type ControlRow } from "#lib/db/evaluation/load-tick.ts";
import type { TickReader } from "#lib/db/evaluation/tick-reader.ts";
import { clockTime } from "#lib/domain/freshness/clock-time.ts";
import type { ControlEventType, ControlFact, Measured, SinkFact, TableFact } from "#lib/domain/freshness/facts.ts";
import { becauseOf } from "./because.ts";
import type { FeedToEvaluate, SinkToEvaluate } from "./feed-to-evaluate.ts";
import { groupFact } from "./kafka-facts.ts";

const DEFAULT_CONTROL_TOPIC = "control-iceberg";

/** Everything one Iceberg table hop is judged by at a tick. `fresh`: its fold starts anew and needs the whole history. */
export async function sinkFact(
  reader: TickReader,
  feed: FeedToEvaluate,
  sink: SinkToEvaluate,
  tick: ClusterTick,
  connectorConfig: Record<string, string>,
  fresh: boolean,
): Promise<SinkFact> {
  const controlTopic = connectorConfig["iceberg.control.topic"] ?? DEFAULT_CONTROL_TOPIC;
  const group = connectorConfig["iceberg.connect.group-id"] ?? sink.group;
  const rows = fresh
    ? await listControlHistory(getPool(), feed.clusterId, controlTopic, group, tick.tick)
    : (tick.control.get(controlKey(controlTopic, group)) ?? []);
  const coordinator = groupFact(`${group}-coord`, tick);
  const table = await tableFact(reader, sink, `kafka.connect.offsets.${controlTopic}.${group}`);
  const unread = tick.attempt.outcome === "failed";
  return {
    tableName: sink.table,
    control: rows.map(controlFact),
    coordinator: coordinator.ok ? { ok: true, value: offsetsOf(coordinator.value[controlTopic] ?? []) } : coordinator,
    table: unread ? { ok: false, because: becauseOf(tick.attempt.errorCode, tick.attempt.error, controlTopic) } : table,
  };
}

function offsetsOf(offsets: (number | null)[]): Record<number, number> {
  return Object.fromEntries(offsets.flatMap((offset, partition) => (offset === null ? [] : [[partition, offset]])));
}

async function tableFact(reader: TickReader, sink: SinkToEvaluate, key: string): Promise<Measured<TableFact>> {
  const head = await reader.tableHead(sink.catalogId, sink.table, sink.ref);
  if (head === null || head.error !== null) return { ok: false, because: await whyUnread(reader, sink, head) };
  const text = head.snapshotId && (await reader.inAncestry(sink.catalogId, sink.table, head.snapshotId, key));
  const { tableUuid, snapshotId } = head;
  return { ok: true, value: { snapshotOffsets: text ? parseOffsets(text) : null, tableUuid, snapshotId } };
}

async function whyUnread(reader: TickReader, sink: SinkToEvaluate, head: TableHeadRow | null) {
  const attempt = await reader.attempt(sink.catalogId);
  if (attempt?.outcome === "failed") {
    const since = await reader.failingSince(sink.catalogId);
    const because = becauseOf(attempt.errorCode, attempt.error, `Table ${sink.table}`);
    return { ...because, detail: `${because.detail} Unreadable since ${clockTime(since.getTime())}.` };
  }
  const detail = head?.error ?? `Table ${sink.table} was not read at this tick.`;
  return becauseOf(head?.errorCode ?? null, detail, sink.table);
}

const Offsets = z.record(z.string().regex(/^\d+$/), z.number().int().nonnegative());

/** `{"0":412}`: control partition → next control offset. */
function parseOffsets(text: string): Record<number, number> | null {
  try {
    return Offsets.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function controlFact(row: ControlRow): ControlFact {
  return {
    partition: row.partition,
    offset: Number(row.offset),
    at: row.at.getTime(),
    type: row.type as ControlEventType,
    commitId: row.commitId,
    table: row.tableName,
    rows: row.rows,
    assignments: (row.assignments ?? []).map((a) => ({ ...a, offset: a.offset === null ? null : Number(a.offset) })),
  };
}
