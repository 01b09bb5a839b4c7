import type { ConnectorRow } from "#lib/db/evaluation/load-connector.ts";
import type { TickReader } from "#lib/db/evaluation/tick-reader.ts";
import { clockTime } from "#lib/domain/freshness/clock-time.ts";
import type { ConnectorTraits } from "#lib/domain/freshness/compile-plan.ts";
import type { ConnectorFact, ConnectorStatus, Measured } from "#lib/domain/freshness/facts.ts";

/** The sink commits this often unless told otherwise. Source: IcebergSinkConfig, `iceberg.control.commit.interval-ms`. */
const DEFAULT_COMMIT_INTERVAL_MS = 300_000;

export interface KnownConnector {
  fact: Measured<ConnectorFact>;
  traits: ConnectorTraits;
  config: Record<string, string>;
}

/** A connector as of one tick. A Connect that does not answer leaves its last known configuration standing. */
export async function connectorFact(reader: TickReader, connectId: string, name: string): Promise<KnownConnector> {
  const seen = await reader.connector(connectId, name);
  const known = seen ?? (await reader.lastConnector(connectId, name));
  const config = known?.config ?? {};
  const traits = { isolation: isolationOf(config) };
  const commitIntervalMs = known ? intervalOf(config) : null;
  if (seen) return { fact: { ok: true, value: { ...statusOf(seen), commitIntervalMs } }, traits, config };
  const attempt = await reader.attempt(connectId);
  if (attempt?.outcome === "ok" || attempt?.outcome === "partial") {
    const note = `connector ${name} does not exist`;
    return { fact: { ok: true, value: { status: "failed", note, commitIntervalMs } }, traits, config };
  }
  const since = attempt ? await reader.failingSince(connectId) : reader.tick;
  const note = `Connect unreachable since ${clockTime(since.getTime())}`;
  return { fact: { ok: true, value: { status: "unreachable", note, commitIntervalMs } }, traits, config };
}

function statusOf(row: ConnectorRow): { status: ConnectorStatus; note: string | null } {
  const failed = row.tasks.filter((task) => task.state === "FAILED").length;
  const total = row.tasks.length;
  if (row.state === "PAUSED") return { status: "paused", note: "paused" };
  if (row.state === "STOPPED") return { status: "stopped", note: "stopped" };
  if (row.state === "FAILED") return { status: "failed", note: "the connector has failed" };
  if (failed > 0) return { status: "failed", note: `${failed} of ${total} tasks failed` };
  if (row.state === "UNASSIGNED" || total === 0) return { status: "unassigned", note: "no task is running" };
  if (row.tasks.every((task) => task.state === "UNASSIGNED"))
    return { status: "unassigned", note: "its tasks are unassigned" };
  return { status: "running", note: null };
}

function intervalOf(config: Record<string, string>): number {
  const value = Number(config["iceberg.control.commit.interval-ms"]);
  return Number.isFinite(value) && value > 0 ? value : DEFAULT_COMMIT_INTERVAL_MS;
}

function isolationOf(config: Record<string, string>): ConnectorTraits["isolation"] {
  const value = config["consumer.override.isolation.level"];
  return value === "read_committed" || value === "read_uncommitted" ? value : null;
}
