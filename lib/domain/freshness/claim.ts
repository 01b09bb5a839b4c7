import type { TickFacts } from "./facts.ts";
import { arrivedAt } from "./log-history.ts";
import type { ReaderHop } from "./plan.ts";
import type { ClaimState, EvaluationState, HopState } from "./state.ts";

/** Refutations in a row before the marks take over: one may be a record read between two commits. */
const STRIKES = 3;
const SLACK_MS = 1_000;

/**
 * An output record may never claim a later event time than its writer had read by its next commit. The largest claim at
 * a cycle is held against what the writer can have read once every input position moved (or nothing waited) after it: no
 * event is younger than its record's arrival, so a writer that stamps its output with its own clock while records wait
 * gives itself away.
 */
export function checkClaim(
  claim: ClaimState,
  hop: ReaderHop,
  state: EvaluationState,
  hopState: HopState,
  facts: TickFacts,
): ClaimState {
  const largest = largestClaim(hop, state);
  const read = largestRead(hop, state, hopState, claim.at);
  const fresh = { at: facts.positionsAt, largest };
  if (claim.at === null || claim.largest === null) return { ...claim, ...fresh };
  if (read === null) return claim;
  const refuted = claim.largest > read + SLACK_MS;
  const strikes = refuted ? claim.strikes + 1 : 0;
  return { ...fresh, strikes, refuted: claim.refuted ? refuted || strikes > 0 : strikes >= STRIKES };
}

function largestClaim(hop: ReaderHop, state: EvaluationState): number | null {
  const topic = hop.output ? state.topics[hop.output.topic] : undefined;
  const times = (topic?.partitions ?? []).flatMap((p) => p.points.at(-1)?.eventTime ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

/** The latest event time the commits after `since` can have read; null while some partition still owes one. */
function largestRead(hop: ReaderHop, state: EvaluationState, hopState: HopState, since: number | null): number | null {
  let largest: number | null = null;
  for (const topic of hop.inputs) {
    for (const [index, partition] of (state.topics[topic]?.partitions ?? []).entries()) {
      const position = hopState.positions[topic]?.[index] ?? null;
      if (position === null) continue;
      const end = partition.entries.at(-1)?.highWatermark ?? 0;
      if (position.offset < end && since !== null && position.movedAt <= since) return null;
      const read = arrivedAt(partition.entries, position.offset - 1) ?? partition.entries.at(0)?.firstAt ?? null;
      if (read !== null) largest = Math.max(largest ?? read, read);
    }
  }
  return largest;
}
