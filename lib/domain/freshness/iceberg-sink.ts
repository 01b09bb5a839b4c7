import type { ControlFact, Measured, SinkFact } from "./facts.ts";
import type { UnmeasuredBecause } from "./reading.ts";

/**
 * Which source positions are proven to be in a table that the Iceberg sink connector writes.
 *
 * The sink's workers announce positions on a control topic (DATA_COMPLETE) and its coordinator commits to the table
 * whatever was announced below some control offset. A snapshot says up to where (S, `kafka.connect.offsets.…`), and so
 * do the committed offsets of `<group>-coord` (C). Per partition the position is the last one announced below
 * max(S, C): by control offset and never by commit id, since a late round lands under another id.
 * C beyond S counts only if no DATA_WRITTEN with rows for this table lies between: the coordinator also moves on when a
 * table was missing, so C alone proves nothing for one table.
 */
export interface SinkState {
  /** Control partition → everything below is folded into `positions`. */
  folded: Record<number, number>;
  /** Topic → partition → next offset not in the table. */
  positions: Record<string, Record<number, number>>;
  /** Announced and not folded yet, in control order. */
  pending: ControlFact[];
  tableUuid: string | null;
  lastStartAt: number | null;
  previousStartAt: number | null;
  startGaps: number[];
  /** C was beyond S with rows between them at the last cycle: not a fault until it stays. */
  skippedRowsSince: number | null;
}

export const newSinkState = (): SinkState => ({
  folded: {},
  positions: {},
  pending: [],
  tableUuid: null,
  lastStartAt: null,
  previousStartAt: null,
  startGaps: [],
  skippedRowsSince: null,
});

const KEPT_STARTS = 16;

export interface SinkProgress {
  state: SinkState;
  /** Null where nothing was ever announced and the connector's own position does not settle it. */
  positions: Measured<Record<string, Record<number, number>>>;
  /** When the oldest round that was answered with records, and is not in the table, was answered. */
  oldestUncommittedAt: number | null;
  /** Table history went back: positions must be folded again from the whole control history. */
  rewound: boolean;
}

export function advanceSink(
  before: SinkState,
  fact: SinkFact,
  committed: Record<string, (number | null)[]> | null,
  now: number,
): SinkProgress {
  let state = takeEvents(before, fact.control);
  if (!fact.table.ok) return unmeasured(state, fact.table.because);
  const { snapshotOffsets, tableUuid } = fact.table.value;
  const recreated = state.tableUuid !== null && tableUuid !== null && state.tableUuid !== tableUuid;
  const rewound = recreated || wentBack(state.folded, snapshotOffsets, fact);
  if (rewound) return { ...unmeasured(newSinkState(), rewoundBecause), rewound: true };
  const limit = provenLimit(state, fact, snapshotOffsets);
  state = fold({ ...state, tableUuid: tableUuid ?? state.tableUuid }, limit.offsets);
  state = { ...state, skippedRowsSince: limit.rowsBetween ? (before.skippedRowsSince ?? now) : null };
  return {
    state,
    positions: { ok: true, value: withFirstContact(state, committed) },
    oldestUncommittedAt: oldestUncommitted(state),
    rewound: false,
  };
}

const rewoundBecause: UnmeasuredBecause = {
  code: "error",
  detail: "The table went back to an earlier snapshot or was made anew; its positions are being read again.",
};

function unmeasured(state: SinkState, because: UnmeasuredBecause): SinkProgress {
  return { state, positions: { ok: false, because }, oldestUncommittedAt: oldestUncommitted(state), rewound: false };
}

function takeEvents(state: SinkState, events: ControlFact[]): SinkState {
  let { lastStartAt, previousStartAt, startGaps } = state;
  for (const event of events) {
    if (event.type !== "START_COMMIT") continue;
    if (lastStartAt !== null && event.at <= lastStartAt) continue;
    if (lastStartAt !== null) startGaps = [...startGaps, event.at - lastStartAt].slice(-KEPT_STARTS);
    previousStartAt = lastStartAt;
    lastStartAt = event.at;
  }
  const news = events.filter((e) => e.offset >= (state.folded[e.partition] ?? 0) && announces(e));
  return { ...state, lastStartAt, previousStartAt, startGaps, pending: [...state.pending, ...news] };
}

const announces = (event: ControlFact) => event.type === "DATA_COMPLETE" || event.type === "DATA_WRITTEN";

/** A rollback shows as a snapshot offset below what an earlier snapshot of ours had proven. */
function wentBack(folded: Record<number, number>, s: Record<number, number> | null, fact: SinkFact): boolean {
  if (s === null || !fact.coordinator.ok) return false;
  const c = fact.coordinator.value;
  return Object.entries(folded).some(([p, offset]) => (s[+p] ?? 0) < offset && (c[+p] ?? 0) < offset);
}

function provenLimit(state: SinkState, fact: SinkFact, s: Record<number, number> | null) {
  const c = fact.coordinator.ok ? fact.coordinator.value : {};
  const offsets: Record<number, number> = { ...(s ?? {}) };
  let rowsBetween = false;
  for (const [key, end] of Object.entries(c)) {
    const partition = Number(key);
    const from = Math.max(s?.[partition] ?? 0, state.folded[partition] ?? 0);
    if (end <= from) continue;
    const rows = state.pending.some((e) => writesRows(e, fact.tableName, partition, from, end));
    if (rows) rowsBetween = true;
    else offsets[partition] = end;
  }
  return { offsets, rowsBetween };
}

function writesRows(event: ControlFact, table: string, partition: number, from: number, end: number): boolean {
  if (event.type !== "DATA_WRITTEN" || event.partition !== partition) return false;
  return event.offset >= from && event.offset < end && event.table === table && event.rows !== 0;
}

function fold(state: SinkState, limit: Record<number, number>): SinkState {
  const positions: SinkState["positions"] = { ...state.positions };
  const folded = { ...state.folded };
  for (const [partition, offset] of Object.entries(limit)) {
    folded[+partition] = Math.max(folded[+partition] ?? 0, offset);
  }
  const pending: ControlFact[] = [];
  for (const event of state.pending) {
    if (event.offset >= (folded[event.partition] ?? 0)) pending.push(event);
    else for (const a of event.assignments) takeAssignment(positions, a);
  }
  return { ...state, positions, folded, pending };
}

function takeAssignment(positions: SinkState["positions"], a: ControlFact["assignments"][number]): void {
  if (a.offset === null) return;
  positions[a.topic] = { ...positions[a.topic], [a.partition]: a.offset };
}

/**
 * Without history of its own a partition stands where the connector has committed, provided nothing was announced for it
 * that is not in the table: then all it committed was folded before we looked.
 */
function withFirstContact(state: SinkState, committed: Record<string, (number | null)[]> | null) {
  const result: Record<string, Record<number, number>> = {};
  for (const [topic, offsets] of Object.entries(state.positions)) result[topic] = { ...offsets };
  for (const [topic, offsets] of Object.entries(committed ?? {})) {
    const known = (result[topic] ??= {});
    offsets.forEach((offset, partition) => {
      if (offset === null || known[partition] !== undefined || hasPending(state, topic, partition)) return;
      known[partition] = offset;
    });
  }
  return result;
}

function hasPending(state: SinkState, topic: string, partition: number): boolean {
  return state.pending.some((e) =>
    e.assignments.some((a) => a.topic === topic && a.partition === partition && a.offset !== null),
  );
}

function oldestUncommitted(state: SinkState): number | null {
  const waiting = state.pending.filter((e) => e.assignments.some((a) => a.offset !== null));
  return waiting.length === 0 ? null : Math.min(...waiting.map((e) => e.at));
}
