import { cadenceMs, observeMove } from "./cadence.ts";
import { connectorFact, type GroupFact, type TickFacts } from "./facts.ts";
import {
  newOutcome,
  takePartition,
  unmeasuredOutcome,
  type Before,
  type HopOutcome,
  type PartitionSeen,
} from "./hop-outcome.ts";
import { knownLog, notReadYet, type KnownPartition } from "./known-log.ts";
import { endAfter, endAt } from "./log-history.ts";
import { writerOf, type FeedPlan, type ReaderHop } from "./plan.ts";
import type { UnmeasuredBecause } from "./reading.ts";
import { debtOf, owesEverything, type Debt } from "./sink-debt.ts";
import type { EvaluationState, HopState, PartitionState } from "./state.ts";
import { notBeyond, seenAt, waits, type Clock } from "./waiting.ts";

/** Does a topic tell event time by its records (a source, or one that carries it) or by its writer's marks? */
export function clockOf(plan: FeedPlan, state: EvaluationState, topic: string): Clock {
  const writer = writerOf(plan, topic);
  if (writer === null) return "records";
  return writer.output?.carries && !state.topics[topic]?.claim.refuted ? "records" : "marks";
}

/**
 * A consumer group's part: its committed offsets say what it has passed. Committed positions move in steps, so a hop is
 * in step when it has passed all that arrived one cadence ago, and the lower bound credits a late one with all that
 * arrived up to its last move plus one cadence.
 */
export function evaluateReader(
  plan: FeedPlan,
  hop: ReaderHop,
  state: EvaluationState,
  hopState: HopState,
  facts: TickFacts,
  before: Before,
): { outcome: HopOutcome; state: HopState } {
  const group = facts.groups[hop.group];
  if (!group) return unread(before, hopState, notReadYet(`Group ${hop.group}`));
  if (!group.ok) return unread(before, hopState, group.because);
  const connector = connectorFact(hop.hop, facts);
  const moves = observeMoves(hop, hopState, group.value, facts);
  const owesAll = owesEverything(hop, moves, connector, facts);
  const debt = debtOf(hop, moves, owesAll, facts);
  const reader = {
    plan,
    hop,
    state,
    hopState: moves,
    facts,
    before,
    debt,
    silent: connector?.status === "unreachable",
  };
  const q = cadenceMs(moves.cadence, hop.cadenceMs, plan.samplingMs);
  const outcome = newOutcome(before, hop.proof, q + plan.samplingMs);
  outcome.note = connector?.note ?? null;
  for (const topic of hop.inputs) {
    const log = knownLog(topic, state, facts);
    if (!log.ok) return unread(before, moves, log.because, outcome.note);
    for (const one of log.value) {
      const committed = group.value[topic]?.[one.index] ?? null;
      const missing = takeOne(outcome, reader, { ...one, topic, committed, q });
      if (missing) return unread(before, moves, missing, outcome.note);
    }
  }
  const cadence = observeMove(moves.cadence, false, outcome.waiting, facts.positionsAt);
  const owedAllAt = owesAll ? facts.endsAt : moves.owedAllAt;
  return { outcome: closeWindows(outcome, hop), state: { ...moves, cadence, owedAllAt } };
}

interface Reader {
  plan: FeedPlan;
  hop: ReaderHop;
  state: EvaluationState;
  hopState: HopState;
  facts: TickFacts;
  before: Before;
  debt: Debt;
  /** Its Connect did not answer. */
  silent: boolean;
}

interface One extends KnownPartition {
  topic: string;
  committed: number | null;
  q: number;
}

function takeOne(outcome: HopOutcome, reader: Reader, one: One): UnmeasuredBecause | null {
  const { topic, index, ends, partition, committed } = one;
  const rc = reader.hop.isolation === "read_committed";
  const end = rc ? ends.lastStableOffset : ends.highWatermark;
  if (committed === null && ends.logStart < end) return noPosition(reader.hop.group, topic, index);
  const position = committed ?? end;
  if (position < ends.logStart) outcome.lost.push({ topic, partition: index, records: ends.logStart - position });
  const from = Math.max(position, ends.logStart);
  const clock = clockOf(reader.plan, reader.state, topic);
  const seen: PartitionSeen = {
    topic,
    partition: index,
    position,
    end,
    waiting: false,
    seen: null,
    seenLow: null,
    behind: false,
  };
  if (waits(partition, from, end) && !creditedInFull(reader, partition, from, rc)) {
    const { at, inferred } = seenAt(partition, from, clock);
    if (at === null) return warmingUp(topic, index);
    if (inferred) outcome.proof = "inferred";
    const behind = isBehind(reader, partition, from, rc, one.q);
    Object.assign(seen, {
      waiting: true,
      seen: at,
      behind,
      seenLow: behind ? lowFor(reader, one, clock, rc) : null,
    });
  }
  takePartition(outcome, reader.before, seen);
  return null;
}

/**
 * An Iceberg sink owes only what was in its input when the last round began: the rest waits for the table's next round.
 * Credit asks for a sign of life, though: a sink whose Connect does not answer stands where it has committed.
 */
function creditedInFull(reader: Reader, partition: PartitionState, position: number, committed: boolean): boolean {
  if (!reader.hop.icebergSink || reader.silent) return false;
  return !owesMore(reader, partition, position, committed);
}

function owesMore(reader: Reader, partition: PartitionState, position: number, committed: boolean): boolean {
  const { debt } = reader;
  if (debt.all) return true;
  return debt.since !== null && position < (endAt(partition.entries, debt.since, committed) ?? 0);
}

function isBehind(reader: Reader, partition: PartitionState, position: number, committed: boolean, q: number): boolean {
  if (reader.debt.all || reader.hop.icebergSink) return owesMore(reader, partition, position, committed);
  const owed = endAt(partition.entries, reader.facts.positionsAt - q, committed);
  return owed !== null && position < owed;
}

/** Credited with all that arrived up to one cadence after it last moved or had nothing to do; null when that is all. */
function lowFor(reader: Reader, one: One, clock: Clock, committed: boolean): number | null {
  const { partition } = one;
  const moved = reader.hopState.positions[one.topic]?.[one.index];
  const credited = moved ? endAfter(partition.entries, moved.aliveAt + one.q, committed) : 0;
  return credited === null ? null : notBeyond(partition, Math.max(credited, one.committed ?? 0), clock);
}

/** Remembers where each position stands and when it moved; the hop's cadence is that of any of its partitions. */
function observeMoves(hop: ReaderHop, state: HopState, group: GroupFact, facts: TickFacts): HopState {
  let moved = false;
  const positions: HopState["positions"] = {};
  for (const topic of hop.inputs) {
    positions[topic] = (group[topic] ?? []).map((offset, index) => {
      const known = state.positions[topic]?.[index] ?? null;
      if (offset === null) return null;
      const now = facts.positionsAt;
      if (known !== null && known.offset === offset) {
        return caughtUp(hop, facts, topic, index, offset) ? { ...known, aliveAt: now } : known;
      }
      if (known !== null) moved = true;
      return { offset, movedAt: now, aliveAt: now };
    });
  }
  const cadence = moved ? observeMove(state.cadence, true, state.cadence.wasWaiting, facts.positionsAt) : state.cadence;
  return { ...state, positions, cadence };
}

function caughtUp(hop: ReaderHop, facts: TickFacts, topic: string, partition: number, offset: number): boolean {
  const log = facts.logs[topic];
  const ends = log?.ok ? (log.value.partitions[partition] ?? null) : null;
  if (ends === null) return false;
  return offset >= (hop.isolation === "read_committed" ? ends.lastStableOffset : ends.highWatermark);
}

/** A window's output is complete only up to the last one that closed. */
function closeWindows(outcome: HopOutcome, hop: ReaderHop): HopOutcome {
  if (hop.emits === null) return outcome;
  const { everyMs, graceMs } = hop.emits;
  const closed = Math.floor((outcome.bound - graceMs) / everyMs) * everyMs;
  return { ...outcome, bound: Math.min(outcome.bound, closed), low: Math.min(outcome.low, closed) };
}

function unread(before: Before, state: HopState, because: UnmeasuredBecause, note: string | null = null) {
  return { outcome: unmeasuredOutcome(before, because, note), state };
}

const noPosition = (group: string, topic: string, partition: number): UnmeasuredBecause => ({
  code: "no-position",
  detail: `Group ${group} has no committed offset on ${topic}/${partition}, which is not empty.`,
});

const warmingUp = (topic: string, partition: number): UnmeasuredBecause => ({
  code: "never-sampled",
  detail: `The record at the group's position on ${topic}/${partition} has not been read yet.`,
});
