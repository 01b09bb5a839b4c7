import type { FeedContract } from "#lib/domain/contract/feed-contract.ts";
import { feedPath, type PathHop } from "#lib/domain/contract/feed-path.ts";
import { sourceTerms } from "#lib/domain/contract/terms.ts";
import { eventTimeKey } from "#lib/domain/freshness/event-time-key.ts";

/** Ids of the connections in force, by name. */
export interface ConnectionIds {
  clusters: Map<string, string>;
  connects: Map<string, string>;
  catalogs: Map<string, string>;
}

/** A feed with what its evaluation reads, worked out once a contract version. */
export interface FeedToEvaluate {
  feedId: string;
  slug: string;
  version: number;
  contract: FeedContract;
  clusterId: string;
  /** Topic → how its event time is read, and whether the record timestamp may stand in. */
  eventTimes: Map<string, { key: string; fallback: boolean }>;
  sinks: SinkToEvaluate[];
  connectors: { hop: string; name: string; connectId: string }[];
  /** Connections whose sample of a tick must be in before the feed is judged. */
  needs: string[];
}

export interface SinkToEvaluate {
  hop: string;
  table: string;
  ref: string;
  catalogId: string;
  /** Its connector: group and hop. */
  group: string;
  connectorHop: string;
}

/** Null when the cluster its sources live on is not connected: there is nothing to judge by. */
export function feedToEvaluate(
  row: { feedId: string; slug: string; version: number; contract: FeedContract },
  ids: ConnectionIds,
): FeedToEvaluate | null {
  const clusterId = ids.clusters.get(row.contract.sources.cluster);
  if (clusterId === undefined) return null;
  const path = feedPath(row.contract);
  const connectors = path.flatMap((hop) => {
    const connectId = hop.connector && ids.connects.get(hop.connector.connect);
    return hop.connector && connectId ? [{ hop: hop.hop, name: hop.connector.name, connectId }] : [];
  });
  const sinks = path.flatMap((hop) => sinkOf(hop, path, ids));
  const needs = [...connectors.map((c) => c.connectId), ...sinks.map((s) => s.catalogId)];
  return {
    ...row,
    clusterId,
    eventTimes: eventTimesOf(row.contract, path),
    sinks,
    connectors,
    needs: [...new Set(needs)],
  };
}

function sinkOf(hop: PathHop, path: PathHop[], ids: ConnectionIds): SinkToEvaluate[] {
  const connector = path.find((other) => other.kind === "connector" && hop.after.includes(other.hop));
  const catalogId = hop.table ? ids.catalogs.get(hop.table.catalog) : undefined;
  if (hop.table === null || catalogId === undefined || connector?.group == null) return [];
  const { table, ref } = hop.table;
  return [{ hop: hop.hop, table, ref, catalogId, group: connector.group, connectorHop: connector.hop }];
}

function eventTimesOf(contract: FeedContract, path: PathHop[]): FeedToEvaluate["eventTimes"] {
  const result: FeedToEvaluate["eventTimes"] = new Map();
  for (const { topic, eventTime } of sourceTerms(contract)) {
    result.set(topic, {
      key: eventTimeKey(eventTime),
      fallback: "fallback" in eventTime && eventTime.fallback === "record",
    });
  }
  for (const { output } of path) {
    // Without `carries`, the record timestamp serves only until the first mark (inferred).
    if (output && !result.has(output.topic)) {
      const spec = output.carries ?? { in: "record" as const };
      result.set(output.topic, { key: eventTimeKey(spec), fallback: "fallback" in spec && spec.fallback === "record" });
    }
  }
  return result;
}
