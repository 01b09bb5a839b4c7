import { prunePoints } from "./frontier.ts";
import { pruneEntries } from "./log-history.ts";
import type { FeedPlan } from "./plan.ts";
import type { EvaluationState } from "./state.ts";

/** Forgets what no reader of a partition can need any more, and what belongs to topics and hops no longer on the path. */
export function pruneState(plan: FeedPlan, state: EvaluationState, now: number): EvaluationState {
  const topics: EvaluationState["topics"] = {};
  for (const name of topicsOf(plan)) {
    const topic = state.topics[name];
    if (!topic) continue;
    const partitions = topic.partitions.map((partition, index) => {
      const slowest = slowestReader(plan, state, name, index);
      const { points, entries } = partition;
      return { ...partition, points: prunePoints(points, slowest), entries: pruneEntries(entries, slowest, now) };
    });
    topics[name] = { ...topic, partitions };
  }
  const names = new Set(plan.hops.map((h) => h.hop));
  const hops = Object.fromEntries(Object.entries(state.hops).filter(([name]) => names.has(name)));
  return { ...state, topics, hops };
}

function topicsOf(plan: FeedPlan): Set<string> {
  const inputs = plan.hops.flatMap((h) => (h.kind === "topic" ? [h.topic] : h.inputs));
  const outputs = plan.hops.flatMap((h) => ("output" in h && h.output ? [h.output.topic] : []));
  return new Set([...plan.sources.map((s) => s.topic), ...inputs, ...outputs]);
}

/** The lowest position any hop still has on the partition; where none is known, everything is kept. */
function slowestReader(plan: FeedPlan, state: EvaluationState, topic: string, partition: number): number {
  let slowest = Number.POSITIVE_INFINITY;
  for (const hop of plan.hops) {
    const reads = hop.kind === "topic" ? hop.topic === topic : hop.inputs.includes(topic);
    if (!reads) continue;
    const position =
      hop.kind === "table"
        ? state.hops[hop.connectorHop]?.sink?.positions[topic]?.[partition]
        : state.hops[hop.hop]?.positions[topic]?.[partition]?.offset;
    slowest = Math.min(slowest, position ?? 0);
  }
  return slowest === Number.POSITIVE_INFINITY ? (lastEnd(state, topic, partition) ?? 0) : slowest;
}

function lastEnd(state: EvaluationState, topic: string, partition: number): number | null {
  return state.topics[topic]?.partitions[partition]?.entries.at(-1)?.highWatermark ?? null;
}
