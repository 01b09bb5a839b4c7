import { getPool, type Queryable } from "../client.ts";
import { findFailingSince, findLastConnector, type ConnectorRow } from "./load-connector.ts";
import { findInAncestry, type TableHeadRow } from "./load-table.ts";
import { findAttempt, type AttemptRow } from "./load-tick.ts";

/**
 * Everything of one tick that feeds share, each read once however many feeds ask: the connectors of a Connect, the heads of
 * a catalog's tables, the tries at a connection.
 */
export class TickReader {
  readonly tick: Date;
  private readonly db: Queryable;
  private readonly known = new Map<string, Promise<unknown>>();

  constructor(tick: Date, db: Queryable = getPool()) {
    this.tick = tick;
    this.db = db;
  }

  attempt(connectionId: string): Promise<AttemptRow | null> {
    return this.once(`attempt ${connectionId}`, () => findAttempt(this.db, connectionId, this.tick));
  }

  failingSince(connectionId: string): Promise<Date> {
    return this.once(`failing ${connectionId}`, () => findFailingSince(this.db, connectionId, this.tick));
  }

  /** As it was seen at the tick; null when its Connect did not answer or does not know it. */
  async connector(connectId: string, name: string): Promise<ConnectorRow | null> {
    const all = await this.once(`connectors ${connectId}`, () => this.readConnectors(connectId));
    return all.get(name) ?? null;
  }

  /** The newest sight of it up to the tick, within a day. */
  lastConnector(connectId: string, name: string): Promise<ConnectorRow | null> {
    return this.once(`last ${connectId} ${name}`, () => findLastConnector(this.db, connectId, name, this.tick));
  }

  async tableHead(catalogId: string, table: string, ref: string): Promise<TableHeadRow | null> {
    const all = await this.once(`heads ${catalogId}`, () => this.readHeads(catalogId));
    return all.get(`${table}\n${ref}`) ?? null;
  }

  /** Snapshots never change, so what an ancestry says is kept from tick to tick. */
  inAncestry(catalogId: string, table: string, snapshotId: string, key: string): Promise<string | null> {
    const name = [catalogId, table, snapshotId, key].join("\n");
    const kept = ancestries.get(name);
    if (kept !== undefined) return Promise.resolve(kept);
    return this.once(`ancestry ${name}`, async () => {
      const value = await findInAncestry(this.db, catalogId, table, snapshotId, key);
      // An older snapshot may still join our book: only what was found is final.
      if (value !== null) keepAncestry(name, value);
      return value;
    });
  }

  private once<T>(name: string, read: () => Promise<T>): Promise<T> {
    const known = this.known.get(name) as Promise<T> | undefined;
    if (known) return known;
    const asked = read();
    this.known.set(name, asked);
    return asked;
  }

  private async readConnectors(connectId: string): Promise<Map<string, ConnectorRow>> {
    const { rows } = await this.db.query<ConnectorRow & { connector: string }>(
      "SELECT connector, state, tasks, config FROM connector_samples WHERE connect_id = $1 AND tick = $2",
      [connectId, this.tick],
    );
    return new Map(rows.map((row) => [row.connector, row]));
  }

  private async readHeads(catalogId: string): Promise<Map<string, TableHeadRow>> {
    const { rows } = await this.db.query<TableHeadRow & { tableName: string; ref: string }>(
      `SELECT table_name AS "tableName", ref, table_uuid AS "tableUuid", snapshot_id AS "snapshotId",
              error_code AS "errorCode", error FROM table_samples WHERE catalog_id = $1 AND tick = $2`,
      [catalogId, this.tick],
    );
    return new Map(rows.map((row) => [`${row.tableName}\n${row.ref}`, row]));
  }
}

const MOST_ANCESTRIES = 20_000;
const ancestries = new Map<string, string>();

function keepAncestry(name: string, value: string): void {
  if (ancestries.size >= MOST_ANCESTRIES) ancestries.delete(ancestries.keys().next().value as string);
  ancestries.set(name, value);
}
