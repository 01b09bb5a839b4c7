import type { FeedContract } from "./feed-contract.ts";
import type { PathHopClause } from "./path-hops.ts";

/** A topic on the path and the hop that fills it. */
export interface PathTopic {
  cluster: string;
  topic: string;
  /** Name of the hop whose output it is: `source` for the feed's source topics. */
  writer: string;
}

/** How one declared hop hangs on the others, and what could not be connected. */
export interface Wire {
  hop: PathHopClause;
  after: string[];
  inputs: PathTopic[];
  /** Topics that hops after it may read; empty for one that writes no topic. */
  outputs: PathTopic[];
  /** Predecessors that are not declared before it. */
  unknownAfter: string[];
  /** Predecessors that write no topic, though this hop reads one. */
  silentAfter: string[];
  /** Declared `inputs` that no predecessor writes. */
  unknownInputs: string[];
}

type PathParts = Pick<FeedContract, "sources" | "path">;

interface Flow {
  inputs: PathTopic[];
  outputs: PathTopic[];
}

/** Connects the declared hops in order. A hop without `after` follows the one declared before it, the first follows `source`. */
export function wirePath(parts: PathParts): Wire[] {
  const source = parts.sources.topics.map(({ name }) => ({
    cluster: parts.sources.cluster,
    topic: name,
    writer: "source",
  }));
  const flows = new Map<string, Flow>([["source", { inputs: source, outputs: source }]]);
  let previous = "source";
  return parts.path.map((hop) => {
    const wire = wireHop(hop, previous, flows, parts.sources.cluster);
    flows.set(hop.hop, { inputs: wire.inputs, outputs: wire.outputs });
    previous = hop.hop;
    return wire;
  });
}

function wireHop(hop: PathHopClause, previous: string, flows: ReadonlyMap<string, Flow>, cluster: string): Wire {
  const after = hop.after === undefined ? [previous] : [...new Set([hop.after].flat())];
  const known = after.flatMap((name) => {
    const flow = flows.get(name);
    return flow === undefined ? [] : [{ name, flow }];
  });
  const readsTopics = hop.kind === "processor" || hop.kind === "connector" || hop.kind === "topic";
  // A table or a query stands where its writer put the rows: it is behind the writer's own input topics.
  const offered = known.flatMap(({ flow }) => (flow.outputs.length > 0 || readsTopics ? flow.outputs : flow.inputs));
  const unique = [...new Map(offered.map((topic) => [`${topic.cluster}\n${topic.topic}`, topic])).values()];
  const asked = hop.kind === "processor" || hop.kind === "connector" ? hop.inputs : undefined;
  const inputs = asked === undefined ? unique : unique.filter(({ topic }) => asked.includes(topic));
  return {
    hop,
    after,
    inputs: hop.kind === "topic" ? topicHopInput(hop, inputs, cluster) : inputs,
    outputs: outputsOf(hop, inputs[0]?.cluster ?? cluster),
    unknownAfter: after.filter((name) => !flows.has(name)),
    silentAfter: readsTopics ? known.filter(({ flow }) => flow.outputs.length === 0).map(({ name }) => name) : [],
    unknownInputs: (asked ?? []).filter((topic) => !unique.some((candidate) => candidate.topic === topic)),
  };
}

function outputsOf(hop: PathHopClause, cluster: string): PathTopic[] {
  if (hop.kind === "topic") return [{ cluster: hop.cluster ?? cluster, topic: hop.topic, writer: hop.hop }];
  if (hop.kind === "processor" && hop.output !== undefined) {
    return [{ cluster, topic: hop.output.topic, writer: hop.hop }];
  }
  return [];
}

/** A topic hop is measured on its own log: how far it can be read, against how far it was written. */
function topicHopInput(
  hop: Extract<PathHopClause, { kind: "topic" }>,
  offered: PathTopic[],
  cluster: string,
): PathTopic[] {
  const at = hop.cluster ?? offered[0]?.cluster ?? cluster;
  const same = offered.filter((topic) => topic.topic === hop.topic && topic.cluster === at);
  return same.length > 0 ? same : [{ cluster: at, topic: hop.topic, writer: offered[0]?.writer ?? "source" }];
}
