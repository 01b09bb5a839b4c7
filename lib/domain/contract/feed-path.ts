import type { HopKind } from "../freshness/reading.ts";
import { durationMs } from "./duration.ts";
import type { FeedContract } from "./feed-contract.ts";
import { ownerOfHop } from "./owner-of-hop.ts";
import type { PathHopClause } from "./path-hops.ts";
import type { EventTimeSpec } from "./sources-clause.ts";
import type { TargetClause } from "./target-clause.ts";
import { type PathTopic, type Wire, wirePath } from "./wire-path.ts";

/** A topic that a hop writes; `carries` is where its records hold source event time, null when positions alone carry it. */
interface WrittenTopic {
  cluster: string;
  topic: string;
  carries: EventTimeSpec | null;
}

/** One step of the path with everything the evaluator and the samplers need, defaults resolved. Durations in milliseconds. */
export interface PathHop {
  hop: string;
  kind: HopKind;
  /** Predecessors; empty for `source` alone. */
  after: string[];
  owner: string;
  /** Kafka cluster of its input topics (and of its group). */
  cluster: string | null;
  inputs: PathTopic[];
  output: WrittenTopic | null;
  /** Consumer group whose committed offsets are its position; for a connector `connect-<name>` unless overridden. */
  group: string | null;
  connector: { connect: string; name: string } | null;
  table: { catalog: string; table: string; ref: string } | null;
  query: { database: string; sql: string; gives: "per-partition" | "single-max" } | null;
  flink: { connection: string; job: string } | null;
  /** How its inputs are read: up to the last stable offset, or up to the high watermark. */
  isolation: "read_committed" | "read_uncommitted";
  /** What its committed positions prove. */
  commits: "exact" | "declared";
  /** Declared; null where it is to be learned. */
  cadenceMs: number | null;
  emits: { everyMs: number; graceMs: number } | null;
  yield: "one-to-one" | "filters" | "aggregates" | null;
  deadLetter: string | null;
}

/** The path of a valid contract in order: the implicit hop `source` first, the target's hop last. */
export function feedPath(contract: FeedContract): PathHop[] {
  return [sourceHop(contract), ...wirePath(contract).map((wire) => declaredHop(contract, wire))];
}

function sourceHop(contract: FeedContract): PathHop {
  const { cluster, topics } = contract.sources;
  return {
    ...NOTHING,
    hop: "source",
    kind: "source",
    after: [],
    owner: contract.owners.application,
    cluster,
    inputs: topics.map(({ name }) => ({ cluster, topic: name, writer: "source" })),
  };
}

/** What a hop has when its kind has no such thing. */
const NOTHING = {
  output: null,
  group: null,
  connector: null,
  table: null,
  query: null,
  flink: null,
  isolation: "read_committed",
  commits: "exact",
  cadenceMs: null,
  emits: null,
  yield: null,
  deadLetter: null,
} as const;

function declaredHop(contract: FeedContract, wire: Wire): PathHop {
  const { hop, after, inputs } = wire;
  return {
    ...NOTHING,
    hop: hop.hop,
    kind: hop.kind,
    after,
    owner: ownerOfHop(contract, hop.hop) ?? contract.owners.data,
    cluster: inputs[0]?.cluster ?? null,
    inputs,
    cadenceMs: hop.cadence === undefined ? null : durationMs(hop.cadence),
    yield: hop.yield ?? null,
    deadLetter: hop.deadLetter ?? null,
    ...ofKind(hop, wire, contract.target),
  };
}

/** What only hops of its kind have. */
function ofKind(hop: PathHopClause, wire: Wire, target: TargetClause): Partial<PathHop> {
  switch (hop.kind) {
    case "processor":
      return {
        group: hop.group ?? null,
        flink: hop.flink ?? null,
        output: writtenTopic(wire, hop.output?.carries, hop.output?.eventTime),
        isolation: hop.isolation,
        commits: processorCommits(hop),
        emits:
          hop.emits === undefined
            ? null
            : { everyMs: durationMs(hop.emits.every), graceMs: durationMs(hop.emits.grace) },
      };
    case "connector":
      return {
        group: hop.group ?? `connect-${hop.connector}`,
        connector: { connect: hop.connect, name: hop.connector },
        isolation: hop.isolation,
      };
    case "topic":
      return { output: writtenTopic(wire, hop.carries, hop.eventTime) };
    case "table":
      return { table: tableOf(hop, target) };
    case "query":
      return { query: { database: hop.database, sql: hop.sql, gives: hop.gives } };
  }
}

function writtenTopic(
  wire: Wire,
  carries: string | undefined,
  eventTime: EventTimeSpec | undefined,
): WrittenTopic | null {
  const written = wire.outputs[0];
  if (written === undefined) return null;
  return {
    cluster: written.cluster,
    topic: written.topic,
    carries: carries === undefined ? null : (eventTime ?? { in: "record" }),
  };
}

/** Kafka Streams and checkpointed Flink commit after output; a custom group only where the contract says so. */
function processorCommits(hop: Extract<PathHopClause, { kind: "processor" }>): "exact" | "declared" {
  if (hop.commits !== undefined) return hop.commits === "after-output" ? "exact" : "declared";
  return hop.runtime === "kafka-streams" || hop.runtime === "flink" ? "exact" : "declared";
}

function tableOf(hop: Extract<PathHopClause, { kind: "table" }>, target: TargetClause): PathHop["table"] {
  const ofTarget = "table" in target ? target.table : null;
  const table = hop.table ?? ofTarget;
  if (table === null) return null;
  const refOfTarget = target.kind === "iceberg" && target.table === table ? target.ref : "main";
  return { catalog: hop.catalog, table, ref: hop.ref ?? refOfTarget };
}
