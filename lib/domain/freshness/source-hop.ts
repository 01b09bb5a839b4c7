import type { TickFacts } from "./facts.ts";
import { frontierAt } from "./frontier.ts";
import { mostlyLate, newestRecords, sayNewest, type NewestRecords } from "./newest-records.ts";
import { SOURCE_HOP, type FeedPlan } from "./plan.ts";
import type { HopReading, PartitionReading, UnmeasuredBecause } from "./reading.ts";
import type { EvaluationState, PartitionState } from "./state.ts";

export interface SourceOutcome {
  tidemark: number | null;
  because: UnmeasuredBecause | null;
  /** Topic that has been quiet for longer than the contract allows. */
  silent: { topic: string; since: number } | null;
  arrived: boolean;
  newest: NewestRecords;
  lastArrivalAt: number | null;
  worst: { topic: string; partition: number; holdMs: number } | null;
  /** The newest records set the frontier: none that were not read can have raised it, so the hold is no overestimate. */
  exact: boolean;
  partitions: PartitionReading[];
}

/**
 * tidemark(0) = now − worst of (arrived − frontier at the log end) over source partitions that received records in this
 * cycle; now if none did. How late events arrive is the source's to answer for, not the pipeline's.
 */
export function evaluateSource(
  plan: FeedPlan,
  state: EvaluationState,
  facts: TickFacts,
  arrivals: Record<string, boolean[]>,
): SourceOutcome {
  const outcome: SourceOutcome = {
    tidemark: facts.endsAt,
    because: null,
    silent: null,
    arrived: false,
    newest: newestRecords(plan, facts, arrivals),
    lastArrivalAt: null,
    worst: null,
    exact: true,
    partitions: [],
  };
  for (const source of plan.sources) {
    const log = facts.logs[source.topic];
    const topic = state.topics[source.topic];
    if (!log?.ok || !topic) {
      const because = log && !log.ok ? log.because : neverSampled(source.topic);
      return { ...outcome, tidemark: null, because };
    }
    topic.partitions.forEach((partition, index) => {
      const arrived = arrivals[source.topic]?.[index] === true;
      takePartition(outcome, source.topic, index, partition, arrived, facts.endsAt);
    });
    if (topic.lastArrivalAt !== null) {
      outcome.lastArrivalAt = Math.max(outcome.lastArrivalAt ?? 0, topic.lastArrivalAt);
      const quiet = source.maxSilenceMs !== null && facts.endsAt - topic.lastArrivalAt > source.maxSilenceMs;
      if (quiet) outcome.silent ??= { topic: source.topic, since: topic.lastArrivalAt };
    }
  }
  const { of, unreadable } = outcome.newest;
  if (of > 0 && unreadable === of) outcome.because = noneReadable(plan);
  if (outcome.because !== null) outcome.tidemark = null;
  else if (outcome.worst !== null) outcome.tidemark = facts.endsAt - outcome.worst.holdMs;
  return outcome;
}

function takePartition(
  outcome: SourceOutcome,
  topic: string,
  index: number,
  partition: PartitionState,
  arrived: boolean,
  now: number,
): void {
  const end = partition.entries.at(-1)?.highWatermark ?? null;
  let holdMs: number | null = null;
  if (arrived && end !== null) {
    outcome.arrived = true;
    const frontier = frontierAt(partition.points, end);
    if (partition.points.at(-1)?.offset !== end - 1) outcome.exact = false;
    if (frontier === null) outcome.because = noEventTime(topic, index);
    else holdMs = Math.max(0, now - frontier);
    if (holdMs !== null && holdMs >= (outcome.worst?.holdMs ?? 0)) outcome.worst = { topic, partition: index, holdMs };
  }
  const position = end === null ? null : String(end);
  outcome.partitions.push({ topic, partition: index, position, logEnd: position, lag: null, holdMs });
}

const neverSampled = (topic: string): UnmeasuredBecause => ({
  code: "never-sampled",
  detail: `Log ends of ${topic} have not been read yet.`,
});

const noneReadable = (plan: FeedPlan): UnmeasuredBecause => ({
  code: "no-event-time",
  detail: `None of the newest records of ${plan.sources.map((s) => s.topic).join(", ")} has an event time where the contract says it is.`,
});

const noEventTime = (topic: string, partition: number): UnmeasuredBecause => ({
  code: "no-event-time",
  detail: `No event time could be read from the newest records of ${topic}/${partition}.`,
});

export function sourceReading(plan: FeedPlan, outcome: SourceOutcome, now: number): HopReading {
  const holdMs = outcome.tidemark === null ? null : now - outcome.tidemark;
  return {
    hop: SOURCE_HOP,
    kind: "source",
    after: [],
    owner: plan.sourceOwner,
    subject: plan.sources.map((s) => s.topic).join(", "),
    state: outcome.because === null ? "measured" : "unmeasured",
    unmeasuredBecause: outcome.because,
    note: noteOf(outcome),
    inStep: outcome.because ? null : isInStep(plan, outcome, holdMs ?? 0),
    proof: outcome.because ? null : "exact",
    tidemark: outcome.tidemark === null ? null : new Date(outcome.tidemark).toISOString(),
    holdMs,
    unprovenMs: outcome.because ? null : 0,
    precisionMs: plan.samplingMs,
    topic: outcome.worst?.topic ?? plan.sources[0]?.topic ?? null,
    partition: outcome.worst?.partition ?? null,
    lagOffsets: null,
    waiting: outcome.because ? null : false,
    measuredAt: new Date(now).toISOString(),
    partitions: outcome.partitions,
  };
}

const noteOf = (outcome: SourceOutcome) =>
  outcome.silent ? `${outcome.silent.topic} is silent` : sayNewest(outcome.newest);

const isInStep = (plan: FeedPlan, outcome: SourceOutcome, holdMs: number) =>
  outcome.silent === null && !mostlyLate(outcome.newest) && holdMs <= allowance(plan);

/** Events may take as long to arrive as the contract tolerates, and never as long as the whole promise. */
const allowance = (plan: FeedPlan) => Math.min(plan.toleratedMs, plan.objectiveMs);
