import { z } from "zod";
import type { ControlEventType } from "#lib/domain/freshness/facts.ts";
import { SourceError } from "../source-error.ts";
import { type AvroValue, compileAvro } from "./avro-reader.ts";

/** An event that the coordinator or a worker of an Iceberg sink wrote to its control topic. Instants are ms since the epoch. */
export interface ControlEvent {
  id: string;
  type: ControlEventType;
  groupId: string;
  at: number;
  commitId: string;
  /** Namespace and name, dotted; of DATA_WRITTEN and COMMIT_TO_TABLE. */
  table: string | null;
  tableUuid: string | null;
  snapshotId: string | null;
  validThrough: number | null;
  /** Rows in the data files of a DATA_WRITTEN. */
  rows: number | null;
  /** Of DATA_COMPLETE: next offsets to read; null where the worker read nothing of a partition yet. */
  assignments: { topic: string; partition: number; offset: bigint | null; timestamp: number | null }[] | null;
}

/** Payload types by id, as org.apache.iceberg.connect.events.PayloadType numbers them. */
const TYPES = ["START_COMMIT", "DATA_WRITTEN", "DATA_COMPLETE", "COMMIT_TO_TABLE", "COMMIT_COMPLETE"] as const;

const MAGIC = [0xc2, 0x01] as const;
const HEADER = 4;
const MOST_SCHEMAS = 200;

const Long = z.bigint();
const TableReference = z.object({
  namespace: z.array(z.string()),
  name: z.string(),
  table_uuid: z.string().nullish(),
});
const Assignment = z.object({
  topic: z.string(),
  partition: z.number(),
  offset: Long.nullish(),
  timestamp: Long.nullish(),
});
const Payload = z.object({
  commit_id: z.string(),
  table_reference: TableReference.nullish(),
  snapshot_id: Long.nullish(),
  valid_through_ts: Long.nullish(),
  data_files: z.array(z.object({ record_count: Long })).nullish(),
  assignments: z.array(Assignment).nullish(),
});
const Event = z.object({ id: z.string(), type: z.number(), timestamp: Long, group_id: z.string(), payload: Payload });

type Decode = (bytes: Buffer, at?: number) => AvroValue;
const decoders = new Map<string, Decode>();

/**
 * Decodes the value of a control-topic record: C2 01, the length of the writer's schema (two bytes), that schema as JSON, the
 * event in Avro binary (org.apache.iceberg.connect.events.AvroUtil). Schemas are compiled once a text.
 * @throws SourceError `malformed`
 */
export function decodeControlEvent(value: Buffer): ControlEvent {
  if (value.length < HEADER || value[0] !== MAGIC[0] || value[1] !== MAGIC[1]) {
    throw new SourceError("malformed", "The record is no event of an Iceberg sink");
  }
  const start = HEADER + value.readUInt16BE(2);
  const parsed = Event.safeParse(decoderOf(value.toString("utf8", HEADER, start))(value, start));
  if (!parsed.success) throw new SourceError("malformed", "The event of an Iceberg sink has another shape");
  const { id, type: number, timestamp, group_id: groupId, payload } = parsed.data;
  const type = TYPES[number];
  if (type === undefined)
    throw new SourceError("malformed", `An event of an Iceberg sink has the unknown type ${number}`);
  const table = payload.table_reference ?? null;
  return {
    id,
    type,
    groupId,
    at: millis(timestamp),
    commitId: payload.commit_id,
    table: table && [...table.namespace, table.name].join("."),
    tableUuid: table?.table_uuid ?? null,
    snapshotId: payload.snapshot_id?.toString() ?? null,
    validThrough: payload.valid_through_ts == null ? null : millis(payload.valid_through_ts),
    rows:
      payload.data_files == null ? null : Number(payload.data_files.reduce((sum, file) => sum + file.record_count, 0n)),
    assignments:
      payload.assignments?.map(({ topic, partition, offset, timestamp: at }) => ({
        topic,
        partition,
        offset: offset ?? null,
        timestamp: at == null ? null : millis(at),
      })) ?? null,
  };
}

function decoderOf(schema: string): Decode {
  const known = decoders.get(schema);
  if (known) return known;
  // One schema a payload type, table and partition spec; tables come and go.
  if (decoders.size >= MOST_SCHEMAS) decoders.clear();
  const made = compileAvro(parseSchema(schema));
  decoders.set(schema, made);
  return made;
}

function parseSchema(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SourceError("malformed", "The schema of an Iceberg sink's event is no JSON", { cause: error });
  }
}

/** Microseconds to milliseconds, down: an instant is never told later than it was. */
function millis(micros: bigint): number {
  return Number(micros / 1000n);
}
