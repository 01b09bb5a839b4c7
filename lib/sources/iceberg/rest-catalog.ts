import { z } from "zod";
import type { CatalogConfig, ConnectionSecret } from "#lib/domain/connections/connection-config.ts";
import { HttpSource, parseJson } from "../http-source.ts";
import { SourceError } from "../source-error.ts";

/** Ids are text throughout: they are random 64-bit numbers. */
export interface Snapshot {
  snapshotId: string;
  parentId: string | null;
  /** Of the writer's clock. */
  committedAt: Date;
  /** append, replace, overwrite, delete; "unknown" where the summary does not say. */
  operation: string;
  summary: Record<string, string>;
}

export interface LoadedTable {
  tableUuid: string;
  metadataLocation: string | null;
  /** Ref → snapshot id; `main` is missing while the table is empty. */
  refs: Map<string, string>;
  /** Those of the refs alone, or all of the metadata, as was asked. */
  snapshots: Map<string, Snapshot>;
  etag: string | null;
}

const NONE = "-1";
const Id = z.union([z.string(), z.number()]).transform(String);

const RawSnapshot = z.object({
  "snapshot-id": Id,
  "parent-snapshot-id": Id.nullish(),
  "timestamp-ms": z.number(),
  summary: z.record(z.string(), z.unknown()).nullish(),
});
const LoadTable = z.object({
  "metadata-location": z.string().nullish(),
  metadata: z.object({
    "table-uuid": z.string().default(""),
    "current-snapshot-id": Id.nullish(),
    refs: z.record(z.string(), z.object({ "snapshot-id": Id })).nullish(),
    snapshots: z.array(RawSnapshot).nullish(),
  }),
});
const Config = z.object({
  defaults: z.record(z.string(), z.unknown()).nullish(),
  overrides: z.record(z.string(), z.unknown()).nullish(),
});

const CONFIG_KEPT_MS = 600_000;
/** Metadata of tables with a long history is large; refs alone are small. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Reads an Iceberg REST catalog (open-api/rest-catalog-open-api.yaml). */
export class RestCatalog {
  readonly #subject: string;
  readonly #http: HttpSource;
  readonly #warehouse: string | null;
  #config: { prefix: string; separator: string; until: number } | null = null;

  constructor(name: string, config: CatalogConfig, secret: ConnectionSecret) {
    this.#subject = `Catalog ${name}`;
    this.#warehouse = config.warehouse;
    const { uri: baseUrl, auth, trusted } = config;
    this.#http = new HttpSource({ subject: this.#subject, baseUrl, auth, secret, trusted });
  }

  /**
   * A table's refs and snapshots. With the ETag of an earlier answer to the same question, null says that nothing changed.
   * @param table namespace and name, as `analytics.orders`
   */
  async loadTable(
    table: string,
    ask: { snapshots: "refs" | "all"; etag?: string | null; timeoutMs?: number },
  ): Promise<LoadedTable | null> {
    const { prefix, separator } = await this.#getConfig();
    const parts = table.split(".");
    const name = encodeURIComponent(parts.pop() ?? "");
    const path = `/v1${prefix}/namespaces/${encodeURIComponent(parts.join(separator))}/tables/${name}`;
    const answer = await this.#http.get(`${path}?snapshots=${ask.snapshots}`, {
      headers: ask.etag ? { "if-none-match": ask.etag } : {},
      maxBytes: MAX_BYTES,
      ...(ask.timeoutMs === undefined ? {} : { timeoutMs: ask.timeoutMs }),
    });
    if (answer.status === 304) return null;
    return readTable(
      parseJson(answer.text, this.#subject),
      answer.headers.etag ?? null,
      `${this.#subject}, table ${table}`,
    );
  }

  /** `prefix` begins with a slash or is empty. Client settings stand between the server's defaults and its overrides. */
  async #getConfig() {
    if (this.#config !== null && this.#config.until > Date.now()) return this.#config;
    const query = this.#warehouse === null ? "" : `?warehouse=${encodeURIComponent(this.#warehouse)}`;
    const { text } = await this.#http.get(`/v1/config${query}`);
    const parsed = Config.safeParse(parseJson(text, this.#subject));
    if (!parsed.success) throw new SourceError("malformed", `${this.#subject} sent a configuration of another shape.`);
    const settings = { ...parsed.data.defaults, ...parsed.data.overrides };
    const { prefix, "namespace-separator": separator } = settings;
    this.#config = {
      prefix: typeof prefix === "string" && prefix !== "" ? `/${prefix}` : "",
      separator: typeof separator === "string" ? decodeURIComponent(separator) : "\u001f",
      until: Date.now() + CONFIG_KEPT_MS,
    };
    return this.#config;
  }
}

/** Exported for its tests. Java writes −1 for "no snapshot"; null and absent mean the same. */
export function readTable(json: unknown, etag: string | null, subject: string): LoadedTable {
  const parsed = LoadTable.safeParse(json);
  if (!parsed.success) throw new SourceError("malformed", `${subject}: the metadata has another shape.`);
  const { metadata } = parsed.data;
  const refs = new Map(Object.entries(metadata.refs ?? {}).map(([name, ref]) => [name, ref["snapshot-id"]]));
  const current = metadata["current-snapshot-id"];
  if (!refs.has("main") && current != null && current !== NONE) refs.set("main", current);
  const snapshots = (metadata.snapshots ?? []).map(readSnapshot);
  return {
    tableUuid: metadata["table-uuid"],
    metadataLocation: parsed.data["metadata-location"] ?? null,
    refs,
    snapshots: new Map(snapshots.map((snapshot) => [snapshot.snapshotId, snapshot])),
    etag,
  };
}

function readSnapshot(raw: z.infer<typeof RawSnapshot>): Snapshot {
  const parent = raw["parent-snapshot-id"];
  const summary = Object.fromEntries(
    Object.entries(raw.summary ?? {}).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
  return {
    snapshotId: raw["snapshot-id"],
    parentId: parent == null || parent === NONE ? null : parent,
    committedAt: new Date(raw["timestamp-ms"]),
    operation: summary.operation ?? "unknown",
    summary,
  };
}
