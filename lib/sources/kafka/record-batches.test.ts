import { type CompressionAlgorithmValue, createRecordsBatch } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import { type KafkaRecord, type WalkEnd, walkRecords } from "./record-batches.ts";

interface BatchOptions {
  base: bigint;
  values: string[];
  compression?: CompressionAlgorithmValue;
  producerId?: bigint;
  transactional?: boolean;
  control?: "abort" | "commit";
  logAppendTime?: boolean;
}

const START = 1_795_000_000_000n;

/** A batch as a broker would hold it, made by the client library and then moved to its offset. */
function batch({ base, values, compression = "none", producerId = -1n, ...flags }: BatchOptions): Buffer {
  const markers = flags.control === undefined ? null : controlKey(flags.control);
  const messages = (markers ? [""] : values).map((value, index) => ({
    topic: "t",
    key: markers ?? Buffer.from(`k${index}`),
    value: Buffer.from(value),
    headers: new Map([[Buffer.from("h"), Buffer.from(`v${index}`)]]),
    timestamp: START + base + BigInt(index),
  }));
  const options = { compression };
  const bytes = Buffer.from(createRecordsBatch(messages, options).buffer);
  bytes.writeBigInt64BE(base, 0);
  bytes.writeBigInt64BE(producerId, 43);
  const bits = (flags.transactional || markers ? 0x10 : 0) | (markers ? 0x20 : 0) | (flags.logAppendTime ? 0x08 : 0);
  bytes.writeInt16BE(bytes.readInt16BE(21) | bits, 21);
  return bytes;
}

function controlKey(kind: "abort" | "commit"): Buffer {
  const key = Buffer.alloc(4);
  key.writeInt16BE(kind === "abort" ? 0 : 1, 2);
  return key;
}

function walk(bytes: Buffer, from: bigint, aborted: Parameters<typeof walkRecords>[2] = []) {
  const records: KafkaRecord[] = [];
  const walking = walkRecords(bytes, from, aborted);
  let item = walking.next();
  for (; !item.done; item = walking.next()) records.push(item.value);
  const end: WalkEnd = item.value;
  return { offsets: records.map((one) => Number(one.offset)), records, end };
}

describe("records of a batch", () => {
  it.each(["none", "gzip", "snappy", "lz4", "zstd"] as const)(
    "compressed by %s are read from the middle on",
    (compression) => {
      const bytes = batch({ base: 100n, values: ["a", "b".repeat(5000), "c"], compression });
      const { records, end } = walk(bytes, 101n);
      expect(records.map((one) => [one.offset, one.value?.length, one.timestampMs])).toEqual([
        [101n, 5000, Number(START) + 101],
        [102n, 1, Number(START) + 102],
      ]);
      expect(records[1]?.key?.toString()).toBe("k2");
      expect(records[1]?.headers).toEqual([{ name: "h", value: Buffer.from("v2") }]);
      expect(end).toEqual({ batches: 1, next: 103n });
    },
  );

  it("take the batch's largest timestamp where the log stamps them", () => {
    const { records } = walk(batch({ base: 0n, values: ["a", "b"], logAppendTime: true }), 0n);
    expect(records.map((one) => [one.timestampMs, one.logAppendTime])).toEqual([
      [Number(START) + 1, true],
      [Number(START) + 1, true],
    ]);
  });

  it("are uncompressed only when asked for", () => {
    const broken = batch({ base: 0n, values: ["a"], compression: "gzip" });
    broken.fill(0xff, 61);
    const walking = walkRecords(Buffer.concat([broken, batch({ base: 1n, values: ["b"] })]), 1n);
    expect(walking.next().value).toMatchObject({ offset: 1n });
  });

  it("of an older format are refused by name", () => {
    const bytes = batch({ base: 0n, values: ["a"] });
    bytes.writeInt8(1, 16);
    expect(() => walk(bytes, 0n)).toThrow("messages of format 1");
  });
});

describe("what is not data", () => {
  it("transaction markers are passed over, and the walk says how far it came", () => {
    const bytes = Buffer.concat([
      batch({ base: 5n, values: ["a"], producerId: 7n, transactional: true }),
      batch({ base: 6n, values: [], control: "commit", producerId: 7n }),
    ]);
    expect(walk(bytes, 0n).offsets).toEqual([5]);
    expect(walk(bytes, 6n)).toMatchObject({ offsets: [], end: { batches: 2, next: 7n } });
  });

  it("aborted transactions are left out, those of others and later ones of the same producer are not", () => {
    const bytes = Buffer.concat([
      batch({ base: 0n, values: ["aborted"], producerId: 7n, transactional: true }),
      batch({ base: 1n, values: ["other"], producerId: 8n, transactional: true }),
      batch({ base: 2n, values: ["aborted too"], producerId: 7n, transactional: true }),
      batch({ base: 3n, values: [], control: "abort", producerId: 7n }),
      batch({ base: 4n, values: ["later"], producerId: 7n, transactional: true }),
      batch({ base: 5n, values: ["plain"] }),
    ]);
    const aborted = [{ producerId: 7n, firstOffset: 0n }];
    expect(walk(bytes, 0n, aborted).offsets).toEqual([1, 4, 5]);
    expect(walk(bytes, 0n).offsets).toEqual([0, 1, 2, 4, 5]);
  });
});

describe("bytes that are cut off", () => {
  const whole = batch({ base: 0n, values: ["a", "b"] });
  it.each([0, 20, 61, whole.length - 1])("%i of the first batch: nothing, and no batch was complete", (length) => {
    expect(walk(whole.subarray(0, length), 0n)).toMatchObject({ offsets: [], end: { batches: 0, next: null } });
  });

  it("a second batch cut off leaves the first", () => {
    const bytes = Buffer.concat([whole, batch({ base: 2n, values: ["c"] }).subarray(0, 70)]);
    expect(walk(bytes, 0n)).toMatchObject({ offsets: [0, 1], end: { batches: 1, next: 2n } });
  });

  it("a record longer than its batch is an error, not a crash", () => {
    const bytes = batch({ base: 0n, values: ["a"] });
    bytes.writeInt32BE(5, 57);
    expect(() => walk(bytes, 0n)).toThrow("ends before its length");
  });
});
