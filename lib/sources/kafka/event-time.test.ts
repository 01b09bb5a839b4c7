import avro from "avsc";
import { describe, expect, it } from "vitest";
import type { EventTimeSpec } from "#lib/domain/contract/sources-clause.ts";
import { SourceError } from "../source-error.ts";
import { type AvroDecoder, readEventTime } from "./event-time.ts";
import { followPath, parsePayloadPath } from "./payload-path.ts";
import type { KafkaRecord } from "./record-batches.ts";

const AT = Date.parse("2026-11-25T03:00:00.123Z");

function record(parts: Partial<KafkaRecord> = {}): KafkaRecord {
  return { offset: 0n, timestampMs: AT, logAppendTime: false, key: null, value: null, headers: [], ...parts };
}

type PayloadSpec = Extract<EventTimeSpec, { in: "payload" }>;
const payload = (more: Partial<PayloadSpec> = {}): PayloadSpec => ({
  in: "payload",
  path: "$.at",
  format: "epoch-ms",
  encoding: "auto",
  ...more,
});
const json = (value: unknown) => record({ value: Buffer.from(JSON.stringify(value)) });

describe("where it is", () => {
  it("the record's own timestamp", async () => {
    expect(await readEventTime(record(), { in: "record" }, null)).toEqual({
      eventTimeMs: AT,
      unreadable: null,
      recordTimestampMs: AT,
      logAppendTime: false,
    });
    expect((await readEventTime(record({ timestampMs: -1 }), { in: "record" }, null)).unreadable).toContain(
      "no timestamp",
    );
  });

  it("a header, the last of its name", async () => {
    const headers = ["1", String(AT)].map((value) => ({ name: "event-time", value: Buffer.from(value) }));
    const spec = { in: "header", name: "event-time", format: "epoch-ms" } as const;
    expect((await readEventTime(record({ headers }), spec, null)).eventTimeMs).toBe(AT);
    expect((await readEventTime(record(), spec, null)).unreadable).toBe("there is no header event-time");
  });

  it.each([
    ["$.at", { at: AT }],
    ["$.meta.created-at", { meta: { "created-at": AT } }],
    ["$['a.b'][1].c", { "a.b": [0, { c: AT }] }],
  ])("%s in JSON", async (path, value) => {
    expect((await readEventTime(json(value), payload({ path }), null)).eventTimeMs).toBe(AT);
  });

  it("JSON behind a schema id, when no registry is named", async () => {
    const value = Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), Buffer.from(JSON.stringify({ at: AT }))]);
    expect((await readEventTime(record({ value }), payload(), null)).eventTimeMs).toBe(AT);
  });
});

describe("how it is written", () => {
  it.each([
    ["epoch-ms", AT, AT],
    ["epoch-ms", String(AT), AT],
    ["epoch-s", AT / 1000, AT],
    ["epoch-s", "1795575600", 1_795_575_600_000],
    ["epoch-us", AT * 1000 + 999, AT],
    ["iso8601", "2026-11-25T03:00:00.123Z", AT],
    ["iso8601", "2026-11-25T04:00:00.123+01:00", AT],
    ["iso8601", "2026-11-25 03:00:00.123456Z", AT],
    ["iso8601", "2026-11-25T03:00Z", Date.parse("2026-11-25T03:00:00Z")],
  ] as const)("%s %s", async (format, at, expected) => {
    expect(await readEventTime(json({ at }), payload({ format }), null)).toMatchObject({ eventTimeMs: expected });
  });

  it.each([
    ["epoch-ms", "2026-11-25", "no number"],
    ["epoch-ms", true, "a boolean is no number"],
    ["epoch-ms", null, "is null"],
    ["epoch-ms", undefined, "nothing at $.at"],
    ["epoch-ms", -5, "is no time"],
    ["epoch-us", 1e300, "is no time"],
    ["epoch-ms", { deep: 1 }, "an object is no number"],
    ["iso8601", AT, "no ISO 8601 time"],
    ["iso8601", "yesterday", "no ISO 8601 time"],
    ["iso8601", "2026-11-25T03:00:00", "no time zone"],
    ["iso8601", "2026-13-45T03:00:00Z", "is no time"],
  ] as const)("%s %s is unreadable: %s", async (format, at, reason) => {
    const read = await readEventTime(json({ at }), payload({ format }), null);
    expect(read).toMatchObject({ eventTimeMs: null, recordTimestampMs: AT });
    expect(read.unreadable).toContain(reason);
  });

  it.each([
    [record(), "tombstone"],
    [record({ value: Buffer.from("<xml/>") }), "not JSON"],
    [record({ value: Buffer.alloc(0) }), "not JSON"],
  ])("%# a value that cannot be read has its reason", async (one, reason) => {
    expect((await readEventTime(one, payload(), null)).unreadable).toContain(reason);
  });

  it("never repeats what the record held", async () => {
    const read = await readEventTime(json({ at: "4111 1111 1111 1111" }), payload(), null);
    expect(read.unreadable).not.toContain("4111");
  });
});

describe("Avro by a registry", () => {
  const type = avro.Type.forSchema({ type: "record", name: "R", fields: [{ name: "at", type: "long" }] });
  const value = Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), type.toBuffer({ at: AT })]);
  const decoder = (decode: AvroDecoder["decode"]): AvroDecoder => ({ decode });

  it("is asked for the id on the wire", async () => {
    const asked: number[] = [];
    const registry = decoder((id, body) => {
      asked.push(id);
      return Promise.resolve(type.fromBuffer(body));
    });
    expect((await readEventTime(record({ value }), payload(), registry)).eventTimeMs).toBe(AT);
    expect((await readEventTime(record({ value }), payload({ encoding: "avro" }), registry)).eventTimeMs).toBe(AT);
    expect(asked).toEqual([9, 9]);
  });

  it("takes a date that the schema itself made, whatever the format", async () => {
    const registry = decoder(() => Promise.resolve({ at: new Date(AT) }));
    expect((await readEventTime(record({ value }), payload({ format: "iso8601" }), registry)).eventTimeMs).toBe(AT);
  });

  it("says what is missing, and throws only what may pass", async () => {
    const spec = payload({ encoding: "avro" });
    expect((await readEventTime(record({ value }), spec, null)).unreadable).toContain("no schema registry");
    const gone = decoder(() => Promise.reject(new SourceError("not-found", "there is no schema 9")));
    expect((await readEventTime(record({ value }), spec, gone)).unreadable).toBe("there is no schema 9");
    const away = decoder(() => Promise.reject(new SourceError("unreachable", "the registry is away")));
    await expect(readEventTime(record({ value }), spec, away)).rejects.toThrow("away");
  });
});

describe("paths", () => {
  it.each([
    ["$.a.b", ["a", "b"]],
    ["$['x y'].z[0]", ["x y", "z", 0]],
    ["$[3]", [3]],
    ["a.b", null],
    ["$..a", null],
    ["$.a[*]", null],
  ])("%s", (text, steps) => expect(parsePayloadPath(text)).toEqual(steps));

  it("do not lead into what an object inherits", () => {
    expect(followPath({}, ["constructor"])).toBeUndefined();
    expect(followPath("text", ["length"])).toBeUndefined();
  });
});
