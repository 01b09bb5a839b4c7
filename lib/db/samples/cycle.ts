import type pg from "pg";
import { requireFence, type Lease } from "../leases.ts";
import { sqlTransaction } from "../transaction.ts";
import { insertClusterRows, type ClusterRows } from "./cluster-rows.ts";
import { insertConnectRows, type ConnectorSampleRow } from "./connect-rows.ts";
import { insertTableRows, type TableRows } from "./table-rows.ts";

/** One try at reading one connection at one tick. */
export interface Attempt {
  connectionId: string;
  tick: Date;
  outcome: "ok" | "partial" | "failed" | "missed";
  errorCode: string | null;
  error: string | null;
  positionsAt: Date | null;
  endsAt: Date | null;
  tookMs: number;
  requests: number;
}

/** What one cycle found: only the part of its kind of connection. */
export interface CycleRows {
  cluster?: ClusterRows;
  connectors?: ConnectorSampleRow[];
  tables?: TableRows;
}

/**
 * Stores a cycle in one transaction under its lease's fence: all of it or nothing, and nothing when the lease has been
 * taken by another worker since. Storing a tick twice leaves the first as it is.
 * @throws StaleFenceError
 * @returns false when the tick was stored before
 */
export function writeCycle(lease: Lease, attempt: Attempt, rows: CycleRows): Promise<boolean> {
  return sqlTransaction(async (session) => {
    await requireFence(session, lease);
    if (!(await insertAttempt(session, attempt, lease.fence))) return false;
    const { connectionId, tick } = attempt;
    if (rows.cluster) await insertClusterRows(session, connectionId, tick, rows.cluster);
    if (rows.connectors) await insertConnectRows(session, connectionId, tick, rows.connectors);
    if (rows.tables) await insertTableRows(session, connectionId, tick, rows.tables);
    return true;
  });
}

async function insertAttempt(session: pg.PoolClient, a: Attempt, fence: bigint): Promise<boolean> {
  const { rowCount } = await session.query(
    `INSERT INTO sample_attempts (connection_id, tick, outcome, error_code, error, positions_at, ends_at, took_ms, requests, fence)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (connection_id, tick) DO NOTHING`,
    [
      a.connectionId,
      a.tick,
      a.outcome,
      a.errorCode,
      a.error?.slice(0, 1000) ?? null,
      a.positionsAt,
      a.endsAt,
      Math.round(a.tookMs),
      a.requests,
      fence,
    ],
  );
  return rowCount === 1;
}
