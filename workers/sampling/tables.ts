import { getPool } from "#lib/db/client.ts";
import type { OpenConnection } from "#lib/db/connections.ts";
import { listKnownSnapshots, type TableRows, type TableSampleRow } from "#lib/db/samples/table-rows.ts";
import { type LoadedTable, RestCatalog, type Snapshot } from "#lib/sources/iceberg/rest-catalog.ts";
import { asSourceError, type SourceError } from "#lib/sources/source-error.ts";
import { failedSample } from "./failed-sample.ts";
import type { Interests } from "./interests.ts";
import type { Sampled } from "./loop.ts";
import type { OpenSampler } from "./sampling-work.ts";

/** Snapshots already in our book are looked up this many back. */
const KNOWN_SNAPSHOTS = 2_000;
/** All snapshots are fetched for the sake of a gap in the book at most this often, ms. */
const FILL_EVERY_MS = 60_000;
const AT_ONCE = 4;

/** Samples the tables of an Iceberg catalog that contracts name: heads of their refs, and snapshots not in our book yet. */
export const catalogSampler = (
  connection: OpenConnection<"catalog">,
  interests: () => Promise<Interests>,
): OpenSampler => {
  const catalog = new RestCatalog(connection.name, connection.config, connection.secret);
  const watched = new Map<string, WatchedTable>();
  return {
    sample: async (): Promise<Sampled> => {
      const wanted = (await interests()).catalogs.get(connection.name) ?? new Map<string, Set<string>>();
      for (const table of watched.keys()) if (!wanted.has(table)) watched.delete(table);
      const read: TableRead[] = [];
      const queue = [...wanted];
      const worker = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const [table, refs] = next;
          const one = watched.get(table) ?? new WatchedTable(connection.id, table, catalog);
          watched.set(table, one);
          read.push(await one.sample([...refs]));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return sampledOf(read);
    },
    close: () => Promise.resolve(),
  };
};

interface TableRead {
  rows: TableRows;
  error: SourceError | null;
  requests: number;
}

/** Every table failed: so did the tick, with its cause. One of several: its own row says why. */
function sampledOf(read: readonly TableRead[]): Sampled {
  const requests = read.reduce((sum, one) => sum + one.requests, 0);
  const errors = read.flatMap(({ error }) => error ?? []);
  const first = errors[0];
  const rows = {
    heads: read.flatMap((one) => one.rows.heads),
    snapshots: read.flatMap((one) => one.rows.snapshots),
  };
  if (first && errors.length === read.length) return { ...failedSample(first, requests), rows: { tables: rows } };
  return {
    rows: { tables: rows },
    outcome: first ? "partial" : "ok",
    errorCode: first?.code ?? null,
    error: first?.message ?? null,
    positionsAt: null,
    endsAt: null,
    requests,
  };
}

/** What one table was like when it was last read, and which of its snapshots are in our book. */
class WatchedTable {
  private readonly catalogId: string;
  private readonly table: string;
  private readonly catalog: RestCatalog;
  private known: Set<string> | null = null;
  private last: Pick<LoadedTable, "tableUuid" | "refs"> | null = null;
  private etag: string | null = null;
  private filledAt = Number.NEGATIVE_INFINITY;

  constructor(catalogId: string, table: string, catalog: RestCatalog) {
    this.catalogId = catalogId;
    this.table = table;
    this.catalog = catalog;
  }

  async sample(refs: readonly string[]): Promise<TableRead> {
    const asked = { requests: 0 };
    try {
      const fresh = await this.load(asked);
      const snapshots = fresh.filter(({ snapshotId }) => !this.known?.has(snapshotId));
      for (const { snapshotId } of snapshots) this.known?.add(snapshotId);
      const observedAt = new Date();
      const rows = {
        heads: refs.map((ref) => this.head(ref, observedAt)),
        snapshots: snapshots.map((snapshot) => ({ ...snapshot, tableName: this.table, observedAt })),
      };
      return { rows, error: null, requests: asked.requests };
    } catch (error) {
      const known = asSourceError(error);
      const observedAt = new Date();
      const failed = {
        tableName: this.table,
        tableUuid: null,
        snapshotId: null,
        observedAt,
        errorCode: known.code,
        error: known.message,
      };
      return { rows: { heads: refs.map((ref) => ({ ...failed, ref })), snapshots: [] }, error: known, ...asked };
    }
  }

  private head(ref: string, observedAt: Date): TableSampleRow {
    const snapshotId = this.last?.refs.get(ref) ?? null;
    const isMissing = snapshotId === null && ref !== "main";
    const error = isMissing ? `Table ${this.table} has no ref ${ref}` : null;
    const errorCode = isMissing ? "not-found" : null;
    const tableUuid = this.last?.tableUuid ?? null;
    return { tableName: this.table, ref, tableUuid, snapshotId, observedAt, errorCode, error };
  }

  /** Snapshots seen now. Mostly none: an unchanged table answers 304. */
  private async load(asked: { requests: number }): Promise<Snapshot[]> {
    this.known ??= new Set(await listKnownSnapshots(getPool(), this.catalogId, this.table, KNOWN_SNAPSHOTS));
    asked.requests += 1;
    if (this.last === null) return this.loadAll();
    const heads = await this.catalog.loadTable(this.table, { snapshots: "refs", etag: this.etag });
    if (heads === null) return [];
    if (this.needsAll(heads)) {
      asked.requests += 1;
      return this.loadAll(heads.etag);
    }
    this.take(heads, heads.etag);
    return [...heads.snapshots.values()];
  }

  private async loadAll(etag: string | null = null): Promise<Snapshot[]> {
    const all = await this.catalog.loadTable(this.table, { snapshots: "all" });
    this.filledAt = Date.now();
    if (all === null) return [];
    // The ETag of refs alone is another: without one, the next look asks for refs in any case.
    this.take(all, etag);
    return [...all.snapshots.values()];
  }

  private take(loaded: LoadedTable, etag: string | null): void {
    this.last = { tableUuid: loaded.tableUuid, refs: loaded.refs };
    this.etag = etag;
  }

  /**
   * Whether snapshots lie between a new head and our book. A head without the sink's offsets is judged by its ancestors, so
   * then they are needed now; otherwise the gap is filled when a minute has passed.
   */
  private needsAll(heads: LoadedTable): boolean {
    const isDue = Date.now() - this.filledAt > FILL_EVERY_MS;
    return [...new Set(heads.refs.values())].some((id) => {
      if (this.known?.has(id)) return false;
      const snapshot = heads.snapshots.get(id);
      if (!snapshot) return true;
      const hasGap = snapshot.parentId !== null && !this.known?.has(snapshot.parentId);
      return hasGap && (isDue || !hasSinkOffsets(snapshot));
    });
  }
}

/** Iceberg's sink writes `kafka.connect.offsets.<topic>.<group>`. */
function hasSinkOffsets(snapshot: Snapshot): boolean {
  return Object.keys(snapshot.summary).some((key) => key.startsWith("kafka.connect.offsets."));
}
