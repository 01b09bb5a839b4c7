import avro from "avsc";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RegistryAvroDecoder } from "./avro-decoder.ts";
import { SchemaRegistry } from "./schema-registry.ts";

const PLACE = { type: "record", name: "shop.Place", fields: [{ name: "city", type: "string" }] };
const ORDER = {
  type: "record",
  name: "shop.Order",
  fields: [
    { name: "big", type: "long" },
    { name: "at", type: { type: "long", logicalType: "timestamp-millis" } },
    { name: "fine", type: ["null", { type: "long", logicalType: "timestamp-micros" }] },
    { name: "place", type: "shop.Place" },
  ],
};
const ANSWERS: Record<string, unknown> = {
  "/schemas/ids/1": {
    schema: JSON.stringify(ORDER),
    references: [{ name: "shop.Place", subject: "place", version: 3 }],
  },
  "/subjects/place/versions/3": { subject: "place", version: 3, id: 7, schema: JSON.stringify(PLACE) },
  "/schemas/ids/2": { schemaType: "PROTOBUF", schema: 'syntax = "proto3";' },
  "/schemas/ids/3": { schema: "{" },
};

let server: Server;
let asked: string[] = [];
let registry: SchemaRegistry;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const answer = ANSWERS[request.url ?? ""];
    response.writeHead(answer ? 200 : 404).end(JSON.stringify(answer ?? { error_code: 40403 }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  registry = new SchemaRegistry("test", { url, auth: null, trusted: true }, {});
});
afterAll(() => {
  server.close();
});

it("decodes by a schema with references, asked for once; longs are exact, times are dates", async () => {
  asked = [];
  const decoder = new RegistryAvroDecoder(registry);
  const plain = avro.Type.forSchema({
    ...ORDER,
    fields: [
      ORDER.fields[0],
      { name: "at", type: "long" },
      { name: "fine", type: ["null", "long"] },
      { name: "place", type: PLACE },
    ],
  } as avro.Schema);
  const at = Date.parse("2026-11-25T03:00:00.123Z");
  const body = plain.toBuffer({ big: 5, at, fine: at * 1000 + 456, place: { city: "Bern" } });
  // The largest long, in place of the 5 (zig-zag: one byte) that avsc can write.
  const largest = Buffer.from("feffffffffffffffff01", "hex");
  const decoded = await decoder.decode(1, Buffer.concat([largest, body.subarray(1)]));
  expect(decoded).toEqual({
    big: 9_223_372_036_854_775_807n,
    at: new Date(at),
    fine: new Date(at),
    place: { city: "Bern" },
  });
  await decoder.decode(1, body);
  expect(asked).toEqual(["/schemas/ids/1", "/subjects/place/versions/3"]);
});

it.each([
  [2, "unsupported", "schema 2 is PROTOBUF, not Avro"],
  [3, "malformed", "schema 3 could not be compiled"],
  [4, "not-found", "has no /schemas/ids/4"],
])("schema %i is %s, and is not asked for again at once", async (id, code, message) => {
  asked = [];
  const decoder = new RegistryAvroDecoder(registry);
  for (let again = 0; again < 2; again++) {
    await expect(decoder.decode(id, Buffer.alloc(1))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
  }
  expect(asked).toEqual([`/schemas/ids/${id}`]);
});
