import { describe, expect, it } from "vitest";
import { decodeControlEvent } from "./decode-control-event.ts";

// ── a writer of what the sink writes: Avro binary by hand, so that reader and test share nothing ──

function long(value: bigint): Buffer {
  let rest = value >= 0n ? value * 2n : -value * 2n - 1n;
  const bytes: number[] = [];
  for (; rest > 127n; rest /= 128n) bytes.push(Number(rest % 128n) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
const int = (value: number) => long(BigInt(value));
const text = (value: string) => Buffer.concat([int(Buffer.byteLength(value)), Buffer.from(value)]);
const uuid = (value: string) => Buffer.from(value.replaceAll("-", ""), "hex");
const list = (...items: Buffer[]) =>
  Buffer.concat([...(items.length > 0 ? [int(items.length), ...items] : []), int(0)]);
const maybe = (value: Buffer | null) => (value === null ? int(0) : Buffer.concat([int(1), value]));

const UUID = { type: "fixed", name: "uuid_fixed", size: 16, logicalType: "uuid" };
/** As Java writes it: a reference into the null namespace, though the type was named inside another. */
const UUID_AGAIN = "uuid_fixed";
const field = (name: string, type: unknown) => ({ name, type });
const optional = (type: unknown) => ["null", type];
const MICROS = { type: "long", logicalType: "timestamp-micros", "adjust-to-utc": true };

function event(type: number, payloadFields: unknown[], payload: Buffer): Buffer {
  const schema = JSON.stringify({
    type: "record",
    name: "org.apache.iceberg.connect.events.Event",
    fields: [
      field("id", { ...UUID, name: "org.apache.iceberg.connect.events.uuid_fixed" }),
      field("type", "int"),
      field("timestamp", MICROS),
      field("group_id", "string"),
      field("payload", { type: "record", name: "org.apache.iceberg.connect.events.P", fields: payloadFields }),
    ],
  });
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xc201, 0);
  head.writeUInt16BE(Buffer.byteLength(schema), 2);
  const body = [uuid(ID), int(type), long(1_795_575_600_123_456n), text("connect-orders"), payload];
  return Buffer.concat([head, Buffer.from(schema), ...body]);
}

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const COMMIT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const TABLE = {
  type: "record",
  name: "TableReference",
  fields: [
    field("catalog", "string"),
    field("namespace", { type: "array", items: "string" }),
    field("name", "string"),
    field("table_uuid", optional(UUID_AGAIN)),
  ],
};
const table = Buffer.concat([text("lake"), list(text("analytics"), text("web")), text("orders"), maybe(uuid(ID))]);

describe("events of an Iceberg sink", () => {
  it("START_COMMIT", () => {
    expect(decodeControlEvent(event(0, [field("commit_id", UUID_AGAIN)], uuid(COMMIT)))).toEqual({
      id: ID,
      type: "START_COMMIT",
      groupId: "connect-orders",
      at: 1_795_575_600_123,
      commitId: COMMIT,
      table: null,
      tableUuid: null,
      snapshotId: null,
      validThrough: null,
      rows: null,
      assignments: null,
    });
  });

  it("DATA_WRITTEN counts the rows of its files", () => {
    const file = { type: "record", name: "f", fields: [field("file_path", "string"), field("record_count", "long")] };
    const fields = [
      field("commit_id", UUID_AGAIN),
      field("table_reference", TABLE),
      field("data_files", optional({ type: "array", items: file })),
    ];
    const files = list(Buffer.concat([text("a.parquet"), long(3n)]), Buffer.concat([text("b.parquet"), long(4n)]));
    const decoded = decodeControlEvent(event(1, fields, Buffer.concat([uuid(COMMIT), table, maybe(files)])));
    expect(decoded).toMatchObject({ type: "DATA_WRITTEN", table: "analytics.web.orders", tableUuid: ID, rows: 7 });
  });

  it("DATA_COMPLETE tells next offsets, exactly, and null where nothing was read", () => {
    const assignment = {
      type: "record",
      name: "a",
      fields: [
        field("topic", "string"),
        field("partition", "int"),
        field("offset", optional("long")),
        field("timestamp", optional(MICROS)),
      ],
    };
    const fields = [field("commit_id", UUID_AGAIN), field("assignments", { type: "array", items: assignment })];
    const assignments = list(
      Buffer.concat([text("orders"), int(0), maybe(long(9_007_199_254_740_993n)), maybe(long(1_795_575_600_000_000n))]),
      Buffer.concat([text("orders"), int(5), maybe(null), maybe(null)]),
    );
    const decoded = decodeControlEvent(event(2, fields, Buffer.concat([uuid(COMMIT), assignments])));
    expect(decoded.assignments).toEqual([
      { topic: "orders", partition: 0, offset: 9_007_199_254_740_993n, timestamp: 1_795_575_600_000 },
      { topic: "orders", partition: 5, offset: null, timestamp: null },
    ]);
  });

  it("COMMIT_TO_TABLE keeps the snapshot id exact", () => {
    const fields = [
      field("commit_id", UUID_AGAIN),
      field("table_reference", TABLE),
      field("snapshot_id", optional("long")),
      field("valid_through_ts", optional(MICROS)),
    ];
    const payload = Buffer.concat([uuid(COMMIT), table, maybe(long(8_612_345_678_901_234_567n)), maybe(null)]);
    expect(decodeControlEvent(event(3, fields, payload))).toMatchObject({
      type: "COMMIT_TO_TABLE",
      snapshotId: "8612345678901234567",
      validThrough: null,
    });
  });
});

describe("what is none", () => {
  const good = event(0, [field("commit_id", UUID_AGAIN)], uuid(COMMIT));
  it.each([
    ["empty", Buffer.alloc(0)],
    ["something else", Buffer.from('{"a":1}')],
    ["cut off in its schema", good.subarray(0, 40)],
    ["cut off in its body", good.subarray(0, good.length - 3)],
    ["of an unknown type", event(9, [field("commit_id", UUID_AGAIN)], uuid(COMMIT))],
    ["of another shape", event(0, [field("other", "string")], text("x"))],
    ["of a type it does not define", event(0, [field("commit_id", "no_such_type")], uuid(COMMIT))],
  ])("%s is malformed", (_, value) => {
    expect(() => decodeControlEvent(value)).toThrow(expect.objectContaining({ code: "malformed" }));
  });
});
