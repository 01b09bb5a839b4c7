import type { UnmeasuredBecause } from "./reading.ts";

/**
 * What one tick of sampling found, as the evaluator takes it. Instants are ms since the epoch. Offsets are plain
 * numbers here: a partition would need 285 years at a million records a second to pass 2^53.
 */
export type Measured<T> = { ok: true; value: T } | { ok: false; because: UnmeasuredBecause };

export interface LogEnds {
  highWatermark: number;
  lastStableOffset: number;
  logStart: number;
}

/** Index = partition; null where that partition could not be read. */
export interface LogFact {
  topicId: string;
  partitions: (LogEnds | null)[];
}

/** Committed offsets of a group, by topic; index = partition, null = no commit there. */
export type GroupFact = Record<string, (number | null)[]>;

/** The first record at or after `offset`, or the proof that none lies in [offset, emptyUpTo). */
export interface EventPoint {
  topic: string;
  topicId: string;
  partition: number;
  offset: number;
  foundOffset: number | null;
  emptyUpTo: number | null;
  eventTime: number | null;
  recordTimestamp: number | null;
  logAppendTime: boolean;
}

export type ConnectorStatus = "running" | "paused" | "stopped" | "failed" | "unassigned" | "unreachable";

export interface ConnectorFact {
  status: ConnectorStatus;
  /** One line for people: "paused", "2 of 2 tasks failed", "Connect unreachable since 14:02:10". */
  note: string | null;
  commitIntervalMs: number | null;
}

export type ControlEventType =
  "START_COMMIT" | "DATA_WRITTEN" | "DATA_COMPLETE" | "COMMIT_TO_TABLE" | "COMMIT_COMPLETE";

/** One event of an Iceberg sink's control topic. */
export interface ControlFact {
  partition: number;
  offset: number;
  at: number;
  type: ControlEventType;
  commitId: string;
  table: string | null;
  rows: number | null;
  assignments: { topic: string; partition: number; offset: number | null }[];
}

/** Progress that a table's own history proves: control partition → next control offset, from the newest ancestor that says. */
export interface TableFact {
  snapshotOffsets: Record<number, number> | null;
  tableUuid: string | null;
  snapshotId: string | null;
}

/** All that concerns one Iceberg table hop at this tick. */
export interface SinkFact {
  table: Measured<TableFact>;
  /** Committed offsets of `<group>-coord` on the control topic. */
  coordinator: Measured<Record<number, number>>;
  /** Events of this connector's group not given before, in (partition, offset) order. */
  control: ControlFact[];
  /** Name of the table as the control topic writes it. */
  tableName: string;
}

export interface TickFacts {
  tick: number;
  /** When committed positions were read; log ends were read after, at `endsAt`. */
  positionsAt: number;
  endsAt: number;
  logs: Record<string, Measured<LogFact>>;
  groups: Record<string, Measured<GroupFact>>;
  /** Group id → number of members, where known. */
  members: Record<string, number>;
  points: EventPoint[];
  /** By hop name. */
  connectors: Record<string, Measured<ConnectorFact>>;
  sinks: Record<string, SinkFact>;
}

/** A connector as this tick knows it; null when nothing is. */
export function connectorFact(hop: string, facts: TickFacts): ConnectorFact | null {
  const fact = facts.connectors[hop];
  return fact?.ok ? fact.value : null;
}
