import { expect, it } from "vitest";
import { connection } from "../../lab/api.ts";
import { ConnectReader } from "./connect/read-connectors.ts";
import { RestCatalog } from "./iceberg/rest-catalog.ts";
import { RegistryAvroDecoder } from "./schema-registry/avro-decoder.ts";
import { SchemaRegistry } from "./schema-registry/schema-registry.ts";

const lab = connection();
const open = { auth: null, trusted: true } as const;

it("Connect: states, and of the configuration only what is allowed", async () => {
  const reader = new ConnectReader("lab-connect", { ...open, url: lab.connectUrl, cluster: "lab" }, {});
  const connector = (await reader.connectors()).find(({ name }) => name === "orders-iceberg");
  expect(connector).toMatchObject({
    state: "RUNNING",
    config: { topics: "orders.enriched", "iceberg.tables": "analytics.orders" },
  });
  expect(connector?.tasks.length).toBeGreaterThan(0);
  expect(Object.keys(connector?.config ?? {}).filter((key) => /password|jaas|secret|catalog/.test(key))).toEqual([]);
});

it("the catalog: an unchanged table answers an ETag with nothing, and its head has the sink's offsets", async () => {
  const catalog = new RestCatalog(
    "lake",
    { ...open, kind: "iceberg-rest", uri: lab.catalogServerUri, warehouse: null },
    {},
  );
  const all = await catalog.loadTable("analytics.orders", { snapshots: "all" });
  const head = all?.snapshots.get(all.refs.get("main") ?? "");
  expect(head?.snapshotId).toMatch(/^\d{15,19}$/);
  expect(head?.summary["kafka.connect.offsets.control-iceberg.connect-orders-iceberg"]).toMatch(/^\{"0":\d+\}$/);
  const refs = await catalog.loadTable("analytics.orders", { snapshots: "refs" });
  expect(refs?.snapshots.size).toBe(1);
  await expect(catalog.loadTable("analytics.nothing", { snapshots: "refs" })).rejects.toMatchObject({
    code: "not-found",
  });
});

it("the registry: schemas by id, subjects, versions, and a decoder made of them", async () => {
  const registry = new SchemaRegistry("lab-registry", { ...open, url: lab.registryUrl }, {});
  expect(await registry.subjects()).toContain("payments-value");
  expect((await registry.versions("payments-value")).length).toBeGreaterThan(0);
  const newest = await registry.version("payments-value", "latest");
  expect(await registry.schemaById(newest.id)).toMatchObject({ schemaType: "AVRO" });
  await expect(registry.schemaById(99_999_999)).rejects.toMatchObject({ code: "not-found" });
  await expect(new RegistryAvroDecoder(registry).decode(newest.id, Buffer.alloc(0))).rejects.toMatchObject({
    code: "malformed",
  });
});
