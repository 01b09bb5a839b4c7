import { SourceError } from "../source-error.ts";
import { inflate } from "./inflate.ts";
import type { AbortedTransaction } from "./protocol/fetch.ts";

export interface KafkaRecord {
  offset: bigint;
  /** Milliseconds since the epoch; when the record was appended if `logAppendTime`, else what its producer said. */
  timestampMs: number;
  logAppendTime: boolean;
  key: Buffer | null;
  value: Buffer | null;
  headers: { name: string; value: Buffer | null }[];
}

/** Where a walk over batches ended: everything below `next` was looked at; `batches` were complete. */
export interface WalkEnd {
  batches: number;
  next: bigint | null;
}

// Layout of a record batch, magic 2: https://kafka.apache.org/documentation/#recordbatch
const HEADER = 61;
const LENGTH_AT = 8;
const MAGIC_AT = 16;
const ATTRIBUTES_AT = 21;
const LAST_DELTA_AT = 23;
const BASE_TIMESTAMP_AT = 27;
const MAX_TIMESTAMP_AT = 35;
const PRODUCER_AT = 43;
const COUNT_AT = 57;

const CODEC = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const ABORT_MARKER = 0;

interface Batch {
  base: bigint;
  last: bigint;
  attributes: number;
  producerId: bigint;
  count: number;
  /** The whole batch. */
  bytes: Buffer;
}

/**
 * Walks fetched batches and gives the data records at or after `from`, lazily: a batch is uncompressed only when one of its
 * records is asked for. Control batches (transaction markers) are never given; with `aborted`, neither are the records of
 * those transactions. A batch that is cut off at the end of the bytes ends the walk.
 */
export function* walkRecords(
  bytes: Buffer,
  from: bigint,
  aborted: readonly AbortedTransaction[] = [],
): Generator<KafkaRecord, WalkEnd> {
  const upcoming = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const open = new Set<bigint>();
  let batches = 0;
  let next: bigint | null = null;
  for (const batch of walkBatches(bytes)) {
    batches += 1;
    next = batch.last + 1n;
    while (upcoming[0] && upcoming[0].firstOffset <= batch.last) open.add(upcoming.shift()?.producerId ?? -1n);
    if (batch.attributes & CONTROL) {
      if (isAbortMarker(batch)) open.delete(batch.producerId);
      continue;
    }
    const isAborted = (batch.attributes & TRANSACTIONAL) !== 0 && open.has(batch.producerId);
    if (!isAborted && batch.last >= from) yield* recordsOf(batch, from);
  }
  return { batches, next };
}

function* walkBatches(bytes: Buffer): Generator<Batch> {
  let at = 0;
  while (at + HEADER <= bytes.length) {
    const end = at + 12 + bytes.readInt32BE(at + LENGTH_AT);
    if (end > bytes.length) return;
    const magic = bytes.readInt8(at + MAGIC_AT);
    if (magic !== 2)
      throw new SourceError("unsupported", `The log holds messages of format ${magic}; only 2 is read`, {
        kafkaCode: 43,
      });
    const base = bytes.readBigInt64BE(at);
    yield {
      base,
      last: base + BigInt(bytes.readInt32BE(at + LAST_DELTA_AT)),
      attributes: bytes.readInt16BE(at + ATTRIBUTES_AT),
      producerId: bytes.readBigInt64BE(at + PRODUCER_AT),
      count: bytes.readInt32BE(at + COUNT_AT),
      bytes: bytes.subarray(at, end),
    };
    at = end;
  }
}

/** A control record's key is int16 version, int16 type: 0 abort, 1 commit. */
function isAbortMarker(batch: Batch): boolean {
  const cursor = new Cursor(batch.bytes, HEADER);
  cursor.varint();
  cursor.skip(1);
  cursor.varint();
  cursor.varint();
  const key = cursor.bytes();
  return key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT_MARKER;
}

function* recordsOf(batch: Batch, from: bigint): Generator<KafkaRecord> {
  const isLogAppend = (batch.attributes & LOG_APPEND_TIME) !== 0;
  const baseTimestamp = Number(batch.bytes.readBigInt64BE(BASE_TIMESTAMP_AT));
  const maxTimestamp = Number(batch.bytes.readBigInt64BE(MAX_TIMESTAMP_AT));
  const cursor = new Cursor(inflate(batch.attributes & CODEC, batch.bytes.subarray(HEADER)));
  for (let index = 0; index < batch.count; index++) {
    const end = cursor.varint() + cursor.at;
    cursor.skip(1);
    const timestampMs = baseTimestamp + cursor.varint();
    const offset = batch.base + BigInt(cursor.varint());
    if (offset >= from) {
      const key = cursor.bytes();
      const value = cursor.bytes();
      const headers = cursor.headers();
      yield {
        offset,
        timestampMs: isLogAppend ? maxTimestamp : timestampMs,
        logAppendTime: isLogAppend,
        key,
        value,
        headers,
      };
    }
    cursor.at = end;
  }
}

/** Reads the varints of a record (zig-zag, as Protocol Buffers' sint64). */
class Cursor {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) throw new SourceError("malformed", "A record ends before its length says");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
      scale *= 128;
    }
  }

  skip(count: number): void {
    this.at += count;
  }

  bytes(): Buffer | null {
    const length = this.varint();
    if (length < 0) return null;
    if (this.at + length > this.#bytes.length)
      throw new SourceError("malformed", "A record ends before its length says");
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  headers(): KafkaRecord["headers"] {
    const headers: KafkaRecord["headers"] = [];
    for (let left = this.varint(); left > 0; left--) {
      headers.push({ name: this.bytes()?.toString("utf8") ?? "", value: this.bytes() });
    }
    return headers;
  }
}
