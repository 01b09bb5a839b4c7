import type { ConnectorFact, TickFacts } from "./facts.ts";
import type { ReaderHop } from "./plan.ts";
import type { HopState } from "./state.ts";

/** A round that began longer ago than this should have been answered, ms. On a quiet topic a task answers only between polls: 7 s were seen. */
const ANSWER_GRACE_MS = 10_000;
/** The next round may begin this much later than the interval says, ms. */
const BEGIN_GRACE_MS = 5_000;

/**
 * What a sink connector owes of its input. Everything, while it is paused, failed or gone and until a round begins after
 * that; else what was there when the last round began that should be answered by now (`since`), or nothing it can be
 * held to when no round was seen yet (null).
 */
export type Debt = { all: true } | { all: false; since: number | null };

/** @param owesAll what `owesEverything` says of it now */
export function debtOf(hop: ReaderHop, state: HopState, owesAll: boolean, facts: TickFacts): Debt {
  if (owesAll) return { all: true };
  if (!hop.icebergSink) return { all: false, since: null };
  const started = [state.sink?.lastStartAt ?? null, state.sink?.previousStartAt ?? null];
  const since = started.find((at) => at !== null && at + ANSWER_GRACE_MS <= facts.positionsAt) ?? null;
  const owedAllAt = state.owedAllAt;
  return owedAllAt !== null && (since === null || since <= owedAllAt) ? { all: true } : { all: false, since };
}

/** Paused, failed or gone: nothing will move by itself. */
export function owesEverything(
  hop: ReaderHop,
  state: HopState,
  connector: ConnectorFact | null,
  facts: TickFacts,
): boolean {
  if (hop.kind !== "connector" || connector === null) return false;
  const deserted = facts.members[hop.group] === 0;
  if (connector.status === "running") return deserted;
  if (connector.status !== "unreachable") return true;
  return deserted || roundOverdue(state.sink, connector, facts.endsAt);
}

/** The next START_COMMIT should have come by now. */
export function roundOverdue(sink: HopState["sink"], connector: ConnectorFact | null, now: number): boolean {
  if (!sink || sink.lastStartAt === null) return false;
  const interval = connector?.commitIntervalMs ?? (sink.startGaps.length > 0 ? Math.max(...sink.startGaps) : null);
  return interval !== null && now - sink.lastStartAt > interval + BEGIN_GRACE_MS;
}
