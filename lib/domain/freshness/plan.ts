/**
 * What the evaluator must know of a feed before it looks at any sample: the path with the topics each hop reads,
 * compiled from the contract (and, for a sink connector, from what its cluster says of it).
 */
export type Isolation = "read_committed" | "read_uncommitted";

export interface SourceTopic {
  topic: string;
  /** Longest quiet spell the contract allows, ms; null when it allows any. */
  maxSilenceMs: number | null;
}

interface HopCommon {
  hop: string;
  after: string[];
  owner: string;
  /** What it is, for people: group, connector, topic or table. */
  subject: string;
  /** How far apart its moves are, ms, when the contract says; else it is learned. */
  cadenceMs: number | null;
}

/** A consumer group that reads topics: a processor, or a connector. */
export interface ReaderHop extends HopCommon {
  kind: "processor" | "connector";
  group: string;
  inputs: string[];
  isolation: Isolation;
  proof: "exact" | "declared";
  /** Where it writes, and whether those records carry the source event time as their own. */
  output: { topic: string; carries: boolean } | null;
  /** Windows it holds back: its output is complete only up to the last closed one. */
  emits: { everyMs: number; graceMs: number } | null;
  /** An Iceberg sink moves in rounds and owes only what was in its input at the last round's start. */
  icebergSink: boolean;
}

/** A topic that its reader reads with read_committed: an open transaction holds it back. */
export interface TopicHop extends HopCommon {
  kind: "topic";
  topic: string;
}

/** The table that an Iceberg sink connector writes. */
export interface TableHop extends HopCommon {
  kind: "table";
  inputs: string[];
  isolation: Isolation;
  /** The hop whose connector writes it. */
  connectorHop: string;
}

export type HopPlan = ReaderHop | TopicHop | TableHop;

export interface FeedPlan {
  contractVersion: number;
  objectiveMs: number;
  /** A record that arrives later than this after its event time is late data, ms. */
  toleratedMs: number;
  samplingMs: number;
  sourceOwner: string;
  sources: SourceTopic[];
  /** In topological order, without `source`; the last is the target. */
  hops: HopPlan[];
}

export const SOURCE_HOP = "source";

/** The hop that writes a topic, or null for a source topic. */
export function writerOf(plan: FeedPlan, topic: string): ReaderHop | null {
  for (const hop of plan.hops) {
    if ((hop.kind === "processor" || hop.kind === "connector") && hop.output?.topic === topic) return hop;
  }
  return null;
}
