import type {
  FeedReading,
  FeedStateName,
  HeldBy,
  HopKind,
  HopReading,
  Proof,
  UnmeasuredBecause,
} from "#lib/domain/freshness/reading.ts";
import { clockText } from "#lib/display.ts";
import { explained, seconds, secondsOrNull, type Explained } from "./explained.ts";

export interface PartitionNow {
  topic: string;
  partition: number;
  position: string | null;
  logEnd: string | null;
  lagOffsets: string | null;
  holdSeconds: number | null;
}

interface HopFields {
  hop: string;
  kind: HopKind;
  after: string[];
  owner: string;
  subject: string;
  state: "measured" | "unmeasured";
  note: string | null;
  inStep: boolean | null;
  proof: Proof | null;
  tidemark: string | null;
  holdSeconds: number | null;
  /** The part of the hold that may be no wait at all: positions move in steps. */
  unprovenSeconds: number | null;
  precisionSeconds: number | null;
  topic: string | null;
  partition: number | null;
  lagOffsets: string | null;
  waiting: boolean | null;
  measuredAt: string | null;
  unmeasuredBecause: UnmeasuredBecause | null;
}

type NullableHopField =
  | "inStep"
  | "proof"
  | "tidemark"
  | "holdSeconds"
  | "unprovenSeconds"
  | "precisionSeconds"
  | "topic"
  | "partition"
  | "lagOffsets"
  | "measuredAt";

export type HopNow = Explained<HopFields, NullableHopField> & { partitions: PartitionNow[] };

interface NowFields {
  state: FeedStateName;
  /** Why the state is what it is, one sentence. */
  because: string;
  ageSeconds: number | null;
  ageLowerSeconds: number | null;
  tidemark: string | null;
  objectiveSeconds: number | null;
  heldBy: HeldBy | null;
  largestHold: { hop: string; owner: string; holdSeconds: number } | null;
  lateSince: string | null;
  lastRecordAt: string | null;
  /** Of the newest records, one a partition that received any: how many came later than the contract tolerates. */
  lateArrivals: { late: number; of: number };
  contractVersion: number | null;
  measuredAt: string | null;
  /** What was known when measuring stopped; null while it goes on. */
  lastKnown: { state: FeedStateName; ageSeconds: number | null; at: string } | null;
}

export type FeedNow = Explained<
  NowFields,
  "ageSeconds" | "ageLowerSeconds" | "tidemark" | "objectiveSeconds" | "heldBy" | "lateSince" | "measuredAt"
> & { hops: HopNow[] };

/**
 * The newest reading as a page shows it now. A reading older than `staleBefore` says nothing of now: the state becomes
 * unmeasured, and what it said is kept under `lastKnown`.
 */
export function feedNow(reading: FeedReading | null, objectiveMs: number | null, staleBefore: Date): FeedNow {
  if (reading === null) return neverMeasured(objectiveMs);
  return new Date(reading.tick) < staleBefore ? staleNow(reading) : measuredNow(reading);
}

function measuredNow(reading: FeedReading): FeedNow {
  const { state, because, ageMs, ageLowerMs, tidemark, heldBy, largestHold, lateSince, lastRecordAt } = reading;
  const fields: NowFields = {
    state,
    because,
    ageSeconds: secondsOrNull(ageMs),
    ageLowerSeconds: secondsOrNull(ageLowerMs),
    tidemark,
    objectiveSeconds: seconds(reading.objectiveMs),
    heldBy,
    largestHold: largestHold && {
      hop: largestHold.hop,
      owner: largestHold.owner,
      holdSeconds: seconds(largestHold.holdMs),
    },
    lateSince,
    lastRecordAt,
    // Readings of before this was told have none.
    lateArrivals: reading.lateArrivals ?? { late: 0, of: 0 },
    contractVersion: reading.contractVersion,
    measuredAt: reading.measuredAt,
    lastKnown: null,
  };
  return { ...explained(fields, nullReasons(because)), hops: reading.hops.map(hopNow) };
}

function nullReasons(because: string) {
  return {
    ageSeconds: because,
    ageLowerSeconds: because,
    tidemark: because,
    objectiveSeconds: "no contract is in force",
    heldBy: "no hop holds the data beyond its step",
    lateSince: "the feed is not late",
    measuredAt: because,
  };
}

function hopNow(hop: HopReading): HopNow {
  const unmeasured = hop.unmeasuredBecause?.detail ?? "";
  const why = unmeasured === "" ? "nothing waits at this hop" : unmeasured;
  const fields: HopFields = {
    hop: hop.hop,
    kind: hop.kind,
    after: hop.after,
    owner: hop.owner,
    subject: hop.subject,
    state: hop.state,
    note: hop.note,
    inStep: hop.inStep,
    proof: hop.proof,
    tidemark: hop.tidemark,
    holdSeconds: secondsOrNull(hop.holdMs),
    unprovenSeconds: secondsOrNull(hop.unprovenMs),
    precisionSeconds: secondsOrNull(hop.precisionMs),
    topic: hop.topic,
    partition: hop.partition,
    lagOffsets: hop.lagOffsets,
    waiting: hop.waiting,
    measuredAt: hop.measuredAt,
    unmeasuredBecause: hop.unmeasuredBecause,
  };
  const explainedFields = explained(fields, {
    inStep: why,
    proof: why,
    tidemark: unmeasured || "a hop before it is unmeasured",
    holdSeconds: unmeasured || "a hop before it is unmeasured",
    unprovenSeconds: why,
    precisionSeconds: why,
    topic: why,
    partition: why,
    lagOffsets: unmeasured || "a position or a log end of this hop is unknown",
    measuredAt: why,
  });
  const partitions = hop.partitions.map(({ topic, partition, position, logEnd, lag, holdMs }) => ({
    topic,
    partition,
    position,
    logEnd,
    lagOffsets: lag,
    holdSeconds: secondsOrNull(holdMs),
  }));
  return { ...explainedFields, partitions };
}

/** Everything that was measured is taken back; what does not age (names, owners, the contract) stays. */
function staleNow(reading: FeedReading): FeedNow {
  const because = `no sample since ${clockText(reading.tick)}`;
  const hops = reading.hops.map((hop) => ({
    ...hop,
    state: "unmeasured" as const,
    unmeasuredBecause: { code: "stale" as const, detail: because },
    note: null,
    inStep: null,
    proof: null,
    tidemark: null,
    holdMs: null,
    unprovenMs: null,
    lagOffsets: null,
    waiting: null,
    partitions: [],
  }));
  const now = measuredNow({
    ...reading,
    state: "unmeasured",
    because: `No sample since ${clockText(reading.tick)}`,
    ageMs: null,
    ageLowerMs: null,
    tidemark: null,
    heldBy: null,
    largestHold: null,
    lateSince: null,
    hops,
  });
  const { state, ageMs, measuredAt } = reading;
  return { ...now, heldByBecause: because, lastKnown: { state, ageSeconds: secondsOrNull(ageMs), at: measuredAt } };
}

function neverMeasured(objectiveMs: number | null): FeedNow {
  const because = objectiveMs === null ? "No contract is in force" : "No sample has been evaluated yet";
  const fields: NowFields = {
    state: "unmeasured",
    because,
    ageSeconds: null,
    ageLowerSeconds: null,
    tidemark: null,
    objectiveSeconds: secondsOrNull(objectiveMs),
    heldBy: null,
    largestHold: null,
    lateSince: null,
    lastRecordAt: null,
    lateArrivals: { late: 0, of: 0 },
    contractVersion: null,
    measuredAt: null,
    lastKnown: null,
  };
  return { ...explained(fields, { ...nullReasons(because), heldBy: because }), hops: [] };
}
