import { newCadence, type Cadence } from "./cadence.ts";
import type { FrontierPoint } from "./frontier.ts";
import type { SinkState } from "./iceberg-sink.ts";
import type { LogEntry } from "./log-history.ts";

/**
 * What the evaluation of a feed carries from tick to tick. Plain JSON: it is stored with the reading, in the same
 * transaction, so a crash repeats a tick or goes on from it and never doubles it.
 */
export interface PartitionState {
  entries: LogEntry[];
  points: FrontierPoint[];
  /** No record lies in [from, to): transaction markers, aborted or compacted records. */
  empty: { from: number; to: number } | null;
}

export interface TopicState {
  topicId: string;
  partitions: PartitionState[];
  /** Last cycle in which a record arrived; at first contact the newest record's timestamp. */
  lastArrivalAt: number | null;
  /** For a topic that claims to carry the source event time. */
  claim: ClaimState;
}

/** Whether an output's event times may be believed: they may never exceed what its writer had read by its next commit. */
export interface ClaimState {
  at: number | null;
  largest: number | null;
  strikes: number;
  refuted: boolean;
}

export interface HopState {
  cadence: Cadence;
  /** Topic → partition → position, when it last moved, and when it last moved or had nothing to do. */
  positions: Record<string, ({ offset: number; movedAt: number; aliveAt: number } | null)[]>;
  sink: SinkState | null;
  /** Last cycle in which a connector was paused, failed or gone: rounds begun before it prove nothing. */
  owedAllAt: number | null;
}

export interface EvaluationState {
  /** Version of this shape; another one starts afresh. */
  shape: 1;
  tick: number | null;
  topics: Record<string, TopicState>;
  hops: Record<string, HopState>;
  heldBy: { hop: string; byCadence: boolean; since: number } | null;
  lateSince: number | null;
}

export const newEvaluationState = (): EvaluationState => ({
  shape: 1,
  tick: null,
  topics: {},
  hops: {},
  heldBy: null,
  lateSince: null,
});

export const newTopicState = (topicId: string): TopicState => ({
  topicId,
  partitions: [],
  lastArrivalAt: null,
  claim: { at: null, largest: null, strikes: 0, refuted: false },
});

export const newPartitionState = (): PartitionState => ({ entries: [], points: [], empty: null });

export const newHopState = (): HopState => ({ cadence: newCadence(), positions: {}, sink: null, owedAllAt: null });
