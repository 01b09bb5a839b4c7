import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { parseJson } from "../http-source.ts";
import { readTable, RestCatalog } from "./rest-catalog.ts";

const METADATA = `{
  "metadata-location": "s3://lake/v7.metadata.json",
  "metadata": {
    "format-version": 2, "table-uuid": "u-1", "current-snapshot-id": 8612345678901234567,
    "refs": { "main": { "snapshot-id": 8612345678901234567, "type": "branch" }, "audit": { "snapshot-id": 7, "type": "tag" } },
    "snapshots": [
      { "snapshot-id": 7, "timestamp-ms": 1795575600000, "summary": { "operation": "append" } },
      { "snapshot-id": 8612345678901234567, "parent-snapshot-id": 7, "timestamp-ms": 1795575610000,
        "summary": { "operation": "append", "kafka.connect.offsets.control-iceberg.connect-orders": "{\\"0\\":412}" } }
    ]
  }
}`;

describe("table metadata", () => {
  it("keeps ids exact", () => {
    const table = readTable(parseJson(METADATA, "it"), null, "it");
    expect(table.refs).toEqual(
      new Map([
        ["main", "8612345678901234567"],
        ["audit", "7"],
      ]),
    );
    expect(table.snapshots.get("8612345678901234567")).toEqual({
      snapshotId: "8612345678901234567",
      parentId: "7",
      committedAt: new Date(1_795_575_610_000),
      operation: "append",
      summary: { operation: "append", "kafka.connect.offsets.control-iceberg.connect-orders": '{"0":412}' },
    });
    expect(table.snapshots.get("7")?.parentId).toBeNull();
  });

  it.each([[-1], [null], [undefined]])("an empty table has no main (%s)", (current) => {
    const json = { metadata: { "table-uuid": "u", "current-snapshot-id": current } };
    expect(readTable(parseJson(JSON.stringify(json), "it"), null, "it").refs.size).toBe(0);
  });

  it("of another shape is malformed", () => {
    expect(() => readTable({ metadata: { snapshots: "none" } }, null, "it")).toThrow("another shape");
    expect(() => parseJson("<html>", "it")).toThrow("did not send JSON");
  });
});

describe("a catalog", () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function catalog(answer: (url: string, etag: string | undefined) => [status: number, body: string]) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      const [status, body] = answer(request.url ?? "", request.headers["if-none-match"]);
      response.writeHead(status, { etag: '"v7"' }).end(body);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const config = { kind: "iceberg-rest", uri, warehouse: "my lake", auth: null, trusted: true } as const;
    return { asked, catalog: new RestCatalog("lake", config, {}) };
  }

  it("is asked below its prefix, and an ETag spares an unchanged answer", async () => {
    const { asked, catalog: lake } = await catalog((url, etag) => {
      if (url.startsWith("/v1/config")) return [200, '{"defaults":{"prefix":"old"},"overrides":{"prefix":"ws/1"}}'];
      return etag === '"v7"' ? [304, ""] : [200, METADATA];
    });
    const table = await lake.loadTable("analytics.web.orders", { snapshots: "refs" });
    expect(table?.etag).toBe('"v7"');
    expect(await lake.loadTable("analytics.web.orders", { snapshots: "refs", etag: '"v7"' })).toBeNull();
    const path = "/v1/ws/1/namespaces/analytics%1Fweb/tables/orders?snapshots=refs";
    expect(asked).toEqual(["/v1/config?warehouse=my%20lake", path, path]);
  });

  it.each([
    [401, "auth-failed", false],
    [403, "not-authorized", false],
    [404, "not-found", false],
    [503, "unavailable", true],
    [400, "error", false],
  ])("HTTP %i is %s", async (status, code, retryable) => {
    const { catalog: lake } = await catalog(() => [status, "{}"]);
    await expect(lake.loadTable("a.b", { snapshots: "refs" })).rejects.toMatchObject({ code, retryable });
  });
});
