/**
 * What one evaluation says about a feed: the answer every page, the API and the alerts read.
 * It is stored as JSON, so instants are RFC 3339 strings, durations are integer milliseconds,
 * offsets are decimal strings. A null always has its reason beside it.
 */
export type FeedStateName = "late" | "unmeasured" | "silent" | "idle" | "fresh";

export type HopKind = "source" | "processor" | "connector" | "topic" | "table" | "query";

/** How far the position of a hop is proven: product words, best first. */
export type Proof = "exact" | "watermark" | "inferred" | "declared";

export type UnmeasuredBecause =
  | { code: "never-sampled"; detail: string }
  | { code: "not-authorized"; detail: string }
  | { code: "unreachable"; detail: string }
  | { code: "no-position"; detail: string }
  | { code: "no-event-time"; detail: string }
  | { code: "not-found"; detail: string }
  | { code: "stale"; detail: string }
  | { code: "before-measured"; detail: string }
  | { code: "error"; detail: string };

export interface PartitionReading {
  topic: string;
  partition: number;
  /** Next offset not passed; null when the group has no commit there. */
  position: string | null;
  /** Log end the hop could read up to (last stable offset for a read_committed reader). */
  logEnd: string | null;
  lag: string | null;
  /** How far back this partition alone stands behind the hop's predecessor, ms ≥ 0. */
  holdMs: number | null;
}

export interface HopReading {
  hop: string;
  kind: HopKind;
  /** Names of the predecessors; the first hop, `source`, has none. */
  after: string[];
  owner: string;
  /** What it runs on, for people: topic, group, connector or table. */
  subject: string;
  state: "measured" | "unmeasured";
  unmeasuredBecause: UnmeasuredBecause | null;
  /** "Connect unreachable since …", "paused", "2 of 2 tasks failed": shown beside a measured hop. */
  note: string | null;
  inStep: boolean | null;
  proof: Proof | null;
  tidemark: string | null;
  holdMs: number | null;
  /** The part of `holdMs` not proven to be waiting (upper minus lower bound), ms. */
  unprovenMs: number | null;
  /** How finely the hop's position moves: its cadence plus one sampling interval, ms. */
  precisionMs: number | null;
  /** The partition that stands furthest back. */
  topic: string | null;
  partition: number | null;
  /** Records between position and log end, over all partitions of the hop; null when unknown. */
  lagOffsets: string | null;
  waiting: boolean | null;
  measuredAt: string | null;
  partitions: PartitionReading[];
}

export interface HeldBy {
  hop: string;
  owner: string;
  since: string;
  /** True when every hop is in step and the promise is tighter than the machinery. */
  byCadence: boolean;
}

export interface FeedReading {
  /** Aligned instant of the sampling cycle. */
  tick: string;
  measuredAt: string;
  state: FeedStateName;
  /** Why the state is what it is: the deciding input, one sentence. */
  because: string;
  /** Upper bound, by committed positions; null when no hop up to the target is measured. */
  ageMs: number | null;
  /** Lower bound. With an unmeasured hop, what the measured hops alone prove. */
  ageLowerMs: number | null;
  tidemark: string | null;
  objectiveMs: number;
  heldBy: HeldBy | null;
  /** The largest hold, whoever is to blame: what a page may say in health. */
  largestHold: { hop: string; owner: string; holdMs: number } | null;
  lateSince: string | null;
  lastRecordAt: string | null;
  /** Of the newest records of the partitions that received any in this cycle, how many came later than the contract tolerates. */
  lateArrivals: { late: number; of: number };
  contractVersion: number;
  hops: HopReading[];
}
