import type { EventTimeSpec } from "#lib/domain/contract/sources-clause.ts";
import { messageOf } from "../../errors.ts";
import { isSourceError } from "../source-error.ts";
import { followPath, parsePayloadPath } from "./payload-path.ts";
import type { KafkaRecord } from "./record-batches.ts";

/** What the event time of a record turned out to be. A failure has its reason, and the record timestamp stands beside it. */
export interface EventTimeRead {
  /** Milliseconds since the epoch, fractions of a millisecond cut off. */
  eventTimeMs: number | null;
  unreadable: string | null;
  recordTimestampMs: number;
  logAppendTime: boolean;
}

/** Decodes Avro by the id of its writer's schema: a schema registry. */
export interface AvroDecoder {
  decode(schemaId: number, body: Buffer): Promise<unknown>;
}

class Unreadable extends Error {}

/**
 * The event time of one record, where the contract says it is.
 * @throws SourceError when the schema registry cannot be asked now: then a later try may succeed
 */
export async function readEventTime(
  record: KafkaRecord,
  spec: EventTimeSpec,
  avro: AvroDecoder | null,
): Promise<EventTimeRead> {
  const base = { recordTimestampMs: record.timestampMs, logAppendTime: record.logAppendTime };
  try {
    return { ...base, eventTimeMs: await read(record, spec, avro), unreadable: null };
  } catch (error) {
    if (isSourceError(error) && error.retryable) throw error;
    return { ...base, eventTimeMs: null, unreadable: messageOf(error).slice(0, 200) };
  }
}

async function read(record: KafkaRecord, spec: EventTimeSpec, avro: AvroDecoder | null): Promise<number> {
  switch (spec.in) {
    case "record":
      if (record.timestampMs < 0) throw new Unreadable("the record has no timestamp");
      return record.timestampMs;
    case "header": {
      // Kafka allows a header twice; the last one counts, as in its own lastHeader().
      const header = record.headers.findLast(({ name }) => name === spec.name);
      if (!header) throw new Unreadable(`there is no header ${spec.name}`);
      return toMs(header.value === null ? null : header.value.toString("utf8"), spec.format);
    }
    case "payload": {
      const steps = parsePayloadPath(spec.path);
      if (steps === null) throw new Unreadable(`${spec.path} is no path`);
      if (record.value === null) throw new Unreadable("the record is a tombstone");
      return toMs(followPath(await decode(record.value, spec.encoding, avro), steps), spec.format, spec.path);
    }
  }
}

type Encoding = Extract<EventTimeSpec, { in: "payload" }>["encoding"];

const MAGIC = 0;
const PREFIX = 5;

/** Confluent's wire format: a zero byte, the schema id in four bytes, the body. */
async function decode(value: Buffer, encoding: Encoding, avro: AvroDecoder | null): Promise<unknown> {
  const isFramed = value.length >= PREFIX && value[0] === MAGIC;
  switch (encoding) {
    case "json":
      return decodeJson(isFramed ? value.subarray(PREFIX) : value);
    case "auto":
      return isFramed && avro ? decodeAvro(value, avro) : decodeJson(isFramed ? value.subarray(PREFIX) : value);
    case "avro":
      if (!avro) throw new Unreadable("the contract names no schema registry");
      if (!isFramed) throw new Unreadable("the value does not begin with a schema id");
      return decodeAvro(value, avro);
    case "protobuf":
      throw new Unreadable("Protobuf payloads are not read yet");
  }
}

async function decodeAvro(value: Buffer, avro: AvroDecoder): Promise<unknown> {
  return avro.decode(value.readUInt32BE(1), value.subarray(PREFIX));
}

function decodeJson(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString("utf8")) as unknown;
  } catch {
    throw new Unreadable("the value is not JSON");
  }
}

type Format = Extract<EventTimeSpec, { in: "payload" }>["format"];

const PER_MS: Record<Exclude<Format, "iso8601">, (value: number) => number> = {
  "epoch-s": (seconds) => seconds * 1000,
  "epoch-ms": (ms) => ms,
  "epoch-us": (micros) => micros / 1000,
};

const ISO_8601 = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Within what a date can hold and a millisecond is exact: the years 1970 to 9999. */
const LATEST_MS = 253_402_300_799_999;

/** A written time in milliseconds. A Date is what a schema's own logical type made of it, and needs no format. */
function toMs(value: unknown, format: Format, where = "it"): number {
  if (value === undefined) throw new Unreadable(`there is nothing at ${where}`);
  if (value === null) throw new Unreadable(`${where} is null`);
  const ms = value instanceof Date ? value.getTime() : format === "iso8601" ? isoMs(value) : epochMs(value, format);
  if (!Number.isFinite(ms) || ms < 0 || ms > LATEST_MS) throw new Unreadable(`${shown(value)} is no time as ${format}`);
  return Math.floor(ms);
}

function isoMs(value: unknown): number {
  const found = typeof value === "string" ? ISO_8601.exec(value.trim()) : null;
  if (found === null) throw new Unreadable(`${shown(value)} is no ISO 8601 time`);
  if (found[1] === undefined) throw new Unreadable(`${shown(value)} has no time zone`);
  return Date.parse(found[0].replace(" ", "T").replace(",", "."));
}

function epochMs(value: unknown, format: Exclude<Format, "iso8601">): number {
  const isNumber = typeof value === "number" || typeof value === "bigint";
  const isText = typeof value === "string" && /^\d{1,18}(\.\d{1,9})?$/.test(value.trim());
  if (!isNumber && !isText) throw new Unreadable(`${shown(value)} is no number`);
  return PER_MS[format](Number(value));
}

/** The kind of a value and never the value itself, which may be anybody's data. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
