import { judge, largest, type JudgedHop } from "./blame.ts";
import { checkClaim } from "./claim.ts";
import type { SinkFact, TickFacts } from "./facts.ts";
import type { Before, HopOutcome } from "./hop-outcome.ts";
import { hopReading } from "./hop-reading.ts";
import { advanceSink, newSinkState, type SinkProgress } from "./iceberg-sink.ts";
import { observeTopic, type LogEvent } from "./observe.ts";
import { SOURCE_HOP, writerOf, type FeedPlan, type HopPlan, type TableHop } from "./plan.ts";
import { pruneState } from "./prune.ts";
import { evaluateReader } from "./reader-hop.ts";
import type { FeedReading } from "./reading.ts";
import { evaluateSource, sourceReading, type SourceOutcome } from "./source-hop.ts";
import { newHopState, type EvaluationState } from "./state.ts";
import { evaluateTable } from "./table-hop.ts";
import { evaluateTopic } from "./topic-hop.ts";

export interface Advance {
  state: EvaluationState;
  reading: FeedReading;
  events: LogEvent[];
  lost: { hop: string; topic: string; partition: number; records: number }[];
  /** Table hops whose control history must be given again from its beginning at the next tick. */
  rewound: string[];
}

/**
 * Carries a feed's evaluation forward by one tick. Pure: same state and facts, same answer.
 * The chain of product.md section 2: tidemark(k) = min(tidemark(k−1), what each partition has seen), holds are the
 * differences, and they add up to the age.
 */
export function advance(plan: FeedPlan, before: EvaluationState, facts: TickFacts): Advance {
  const state: EvaluationState = {
    ...before,
    topics: { ...before.topics },
    hops: { ...before.hops },
    tick: facts.tick,
  };
  const run: Run = { plan, state, facts, events: [], rewound: [], sinks: {}, arrivals: {} };
  takeSinks(run);
  for (const source of plan.sources) takeTopic(run, source.topic, null);
  const source = evaluateSource(plan, state, facts, run.arrivals);
  const chain = new Map<string, Before>([[SOURCE_HOP, startOf(source, before, facts)]]);
  const hops = plan.hops.map((hop) => {
    const from = predecessor(chain, hop);
    takeInputs(run, hop);
    const outcome = evaluateHop(run, hop, from);
    chain.set(hop.hop, after(from, outcome));
    takeOutput(run, hop, chain.get(hop.hop) as Before);
    return { hop: hop.hop, plan: hop, from, outcome };
  });
  const reading = readingOf(run, source, hops, chain);
  const lost = hops.flatMap((h) => h.outcome.lost.map((l) => ({ hop: h.hop, ...l })));
  return { state: pruneState(plan, state, facts.endsAt), reading, events: run.events, lost, rewound: run.rewound };
}

interface Run {
  plan: FeedPlan;
  state: EvaluationState;
  facts: TickFacts;
  events: LogEvent[];
  rewound: string[];
  sinks: Record<string, SinkProgress>;
  arrivals: Record<string, boolean[]>;
}

interface Evaluated {
  hop: string;
  plan: HopPlan;
  from: Before;
  outcome: HopOutcome;
}

/** A record may have arrived at any moment since the last look: the lower bound has it arrive right after that. */
function startOf(source: SourceOutcome, before: EvaluationState, facts: TickFacts): Before {
  const now = facts.endsAt;
  if (source.tidemark === null) return { tidemark: null, bound: now, low: now };
  const unseen = before.tick === null || !source.exact ? now - source.tidemark : now - before.tick;
  return { tidemark: source.tidemark, bound: source.tidemark, low: Math.min(now, source.tidemark + unseen) };
}

/** With several predecessors, tidemark(k−1) is the least of them. */
function predecessor(chain: Map<string, Before>, hop: HopPlan): Before {
  const from = hop.after.map((name) => chain.get(name)).filter((b) => b !== undefined);
  if (from.length === 0) return chain.get(SOURCE_HOP) as Before;
  const tidemarks = from.map((b) => b.tidemark);
  return {
    tidemark: tidemarks.includes(null) ? null : Math.min(...(tidemarks as number[])),
    bound: Math.min(...from.map((b) => b.bound)),
    low: Math.min(...from.map((b) => b.low)),
  };
}

function after(from: Before, outcome: HopOutcome): Before {
  const measured = from.tidemark !== null && outcome.because === null;
  return { tidemark: measured ? outcome.bound : null, bound: outcome.bound, low: outcome.low };
}

function takeSinks(run: Run): void {
  const { plan, state, facts } = run;
  for (const hop of plan.hops) {
    if (hop.kind !== "table") continue;
    const fact: SinkFact | undefined = facts.sinks[hop.hop];
    if (!fact) continue;
    const known = state.hops[hop.connectorHop] ?? newHopState();
    const progress = advanceSink(known.sink ?? newSinkState(), fact, committedOf(run, hop), facts.endsAt);
    run.sinks[hop.hop] = progress;
    if (progress.rewound) run.rewound.push(hop.hop);
    state.hops[hop.connectorHop] = { ...known, sink: progress.state };
  }
}

function committedOf(run: Run, hop: TableHop) {
  const connector = run.plan.hops.find((h) => h.hop === hop.connectorHop);
  const group = connector?.kind === "connector" ? run.facts.groups[connector.group] : undefined;
  return group?.ok ? group.value : null;
}

function takeTopic(run: Run, topic: string, mark: number | null): void {
  const log = run.facts.logs[topic];
  if (!log?.ok) return;
  const taken = observeTopic(run.state.topics[topic], topic, log.value, run.facts, mark);
  run.state.topics[topic] = taken.state;
  run.arrivals[topic] = taken.arrivals;
  run.events.push(...taken.events);
}

/** A hop may read a topic that nobody on the path writes: its log is observed before the hop is. */
function takeInputs(run: Run, hop: HopPlan): void {
  const topics = hop.kind === "topic" ? [hop.topic] : hop.inputs;
  for (const topic of topics) {
    if (run.arrivals[topic] === undefined && writerOf(run.plan, topic) === null) takeTopic(run, topic, null);
  }
}

function takeOutput(run: Run, hop: HopPlan, at: Before): void {
  if ((hop.kind !== "processor" && hop.kind !== "connector") || hop.output === null) return;
  takeTopic(run, hop.output.topic, at.tidemark);
  const topic = run.state.topics[hop.output.topic];
  const hopState = run.state.hops[hop.hop];
  if (!hop.output.carries || !topic || !hopState) return;
  const claim = checkClaim(topic.claim, hop, run.state, hopState, run.facts);
  run.state.topics[hop.output.topic] = { ...topic, claim };
}

function evaluateHop(run: Run, hop: HopPlan, from: Before): HopOutcome {
  const { plan, state, facts } = run;
  if (hop.kind === "table") return evaluateTable(plan, hop, state, facts, from, run.sinks[hop.hop] ?? null);
  const hopState = state.hops[hop.hop] ?? newHopState();
  const done =
    hop.kind === "topic"
      ? evaluateTopic(plan, hop, state, hopState, facts, from)
      : evaluateReader(plan, hop, state, hopState, facts, from);
  state.hops[hop.hop] = done.state;
  return done.outcome;
}

function readingOf(run: Run, source: SourceOutcome, hops: Evaluated[], chain: Map<string, Before>): FeedReading {
  const { plan, state, facts } = run;
  const target = chain.get(plan.hops.at(-1)?.hop ?? SOURCE_HOP) as Before;
  const now = facts.endsAt;
  const ageMs = target.tidemark === null ? null : now - target.tidemark;
  const ageLowerMs = Math.min(ageMs ?? Infinity, now - target.low);
  const readings = [sourceReading(plan, source, now), ...hops.map((h) => hopReading(h, facts))];
  const judged: JudgedHop[] = readings.map((r) => ({
    hop: r.hop,
    owner: r.owner,
    holdMs: r.holdMs ?? 0,
    inStep: r.inStep,
  }));
  const verdict = judge(plan, source, hops, judged, ageMs, ageLowerMs);
  state.lateSince = verdict.state === "late" ? (state.lateSince ?? facts.tick) : null;
  state.heldBy = keepSince(state.heldBy, verdict.heldBy, facts.tick);
  const most = largest(judged);
  const owner = (hop: string) => readings.find((r) => r.hop === hop)?.owner ?? plan.sourceOwner;
  return {
    tick: iso(facts.tick),
    measuredAt: iso(now),
    state: verdict.state,
    because: verdict.because,
    ageMs,
    ageLowerMs,
    tidemark: target.tidemark === null ? null : iso(target.tidemark),
    objectiveMs: plan.objectiveMs,
    heldBy: state.heldBy && { ...state.heldBy, owner: owner(state.heldBy.hop), since: iso(state.heldBy.since) },
    largestHold: most && most.holdMs > 0 ? { hop: most.hop, owner: most.owner, holdMs: most.holdMs } : null,
    lateSince: state.lateSince === null ? null : iso(state.lateSince),
    lastRecordAt: source.lastArrivalAt === null ? null : iso(source.lastArrivalAt),
    lateArrivals: { late: source.newest.late, of: source.newest.of },
    contractVersion: plan.contractVersion,
    hops: readings,
  };
}

function keepSince(known: EvaluationState["heldBy"], now: { hop: string; byCadence: boolean } | null, tick: number) {
  if (now === null) return null;
  const same = known !== null && known.hop === now.hop;
  return { ...now, since: same ? known.since : tick };
}

const iso = (at: number) => new Date(at).toISOString();
