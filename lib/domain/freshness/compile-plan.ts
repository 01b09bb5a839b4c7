import type { FeedContract } from "../contract/feed-contract.ts";
import { feedPath, type PathHop } from "../contract/feed-path.ts";
import { latenessTerms, sourceTerms } from "../contract/terms.ts";
import { SOURCE_HOP, type FeedPlan, type HopPlan, type Isolation } from "./plan.ts";

/** What a connector's own configuration settles, whatever the contract assumed. */
export interface ConnectorTraits {
  isolation: Isolation | null;
}

export type CompiledPlan = { ok: true; plan: FeedPlan } | { ok: false; because: string };

/**
 * The plan of a contract in force. A topic that some hop reads with read_committed becomes a hop of its own before that
 * reader, owned by its writer, unless the contract names it as one.
 */
export function compilePlan(
  contract: FeedContract,
  contractVersion: number,
  samplingMs: number,
  traits: Record<string, ConnectorTraits>,
): CompiledPlan {
  const path = feedPath(contract);
  const lateness = latenessTerms(contract);
  const hops: HopPlan[] = [];
  for (const hop of path) {
    if (hop.kind === "source") continue;
    const compiled = compileHop(hop, path, traits[hop.hop] ?? { isolation: null });
    if (typeof compiled === "string") return { ok: false, because: compiled };
    hops.push(...topicHopsBefore(compiled, path, hops), compiled);
  }
  hops.push(...targetTopicHop(contract, path, hops));
  const plan: FeedPlan = {
    contractVersion,
    objectiveMs: lateness.objectiveMs,
    toleratedMs: lateness.toleratedMs,
    samplingMs,
    sourceOwner: path[0]?.owner ?? contract.owners.application,
    sources: sourceTerms(contract).map(({ topic, maxSilenceMs }) => ({ topic, maxSilenceMs })),
    hops,
  };
  return { ok: true, plan };
}

function compileHop(hop: PathHop, path: PathHop[], traits: ConnectorTraits): HopPlan | string {
  const common = { hop: hop.hop, after: hop.after, owner: hop.owner, cadenceMs: hop.cadenceMs };
  const inputs = hop.inputs.map((input) => input.topic);
  if (hop.kind === "topic") {
    const topic = hop.output?.topic ?? inputs[0] ?? hop.hop;
    return { ...common, kind: "topic", subject: topic, topic };
  }
  if (hop.kind === "table") {
    const connector = path.find((other) => hop.after.includes(other.hop) && other.kind === "connector");
    if (!connector || !hop.table) return `Table hop ${hop.hop} has no sink connector before it that Tidemark can read.`;
    const { isolation } = connector;
    return { ...common, kind: "table", subject: hop.table.table, inputs, isolation, connectorHop: connector.hop };
  }
  if (hop.kind === "query" || hop.group === null)
    return `Hop ${hop.hop} has no consumer group whose offsets could be read.`;
  return {
    ...common,
    kind: hop.kind === "connector" ? "connector" : "processor",
    subject: hop.connector?.name ?? hop.group,
    group: hop.group,
    inputs,
    isolation: traits.isolation ?? hop.isolation,
    proof: hop.commits,
    output: hop.output && { topic: hop.output.topic, carries: hop.output.carries !== null },
    emits: hop.emits,
    icebergSink: path.some((other) => other.kind === "table" && other.after.includes(hop.hop)),
  };
}

/** The topics this reader takes with read_committed that no hop stands for yet; the reader then comes after them. */
function topicHopsBefore(reader: HopPlan, path: PathHop[], known: HopPlan[]): HopPlan[] {
  if ((reader.kind !== "processor" && reader.kind !== "connector") || reader.isolation !== "read_committed") return [];
  const made: HopPlan[] = [];
  const after: string[] = [];
  for (const topic of reader.inputs) {
    const standing = known.find((hop) => hop.kind === "topic" && hop.topic === topic);
    const writer = path.find((hop) => hop.output?.topic === topic) ?? path[0];
    const name = standing?.hop ?? topicHopName(topic, path);
    after.push(name);
    if (standing || !writer) continue;
    const { hop, owner } = writer;
    made.push({ kind: "topic", hop: name, after: [hop], owner, subject: topic, topic, cadenceMs: null });
  }
  reader.after = [...new Set([...after, ...reader.after.filter((name) => !isWriterOf(name, reader.inputs, path))])];
  return made;
}

/** An output topic as target is usable up to its last stable offset: the path ends with it. */
function targetTopicHop(contract: FeedContract, path: PathHop[], known: HopPlan[]): HopPlan[] {
  if (contract.target.kind !== "topic") return [];
  const { topic } = contract.target;
  const writer = path.find((hop) => hop.output?.topic === topic);
  if (!writer || known.some((hop) => hop.kind === "topic" && hop.topic === topic)) return [];
  const { hop, owner } = writer;
  return [
    { kind: "topic", hop: topicHopName(topic, path), after: [hop], owner, subject: topic, topic, cadenceMs: null },
  ];
}

const topicHopName = (topic: string, path: PathHop[]) =>
  path.some((hop) => hop.hop === topic) ? `topic ${topic}` : topic;

/** A reader need not be said to come after the writer of a topic it already comes after. */
function isWriterOf(name: string, topics: string[], path: PathHop[]): boolean {
  if (name === SOURCE_HOP) return topics.some((topic) => path[0]?.inputs.some((input) => input.topic === topic));
  const hop = path.find((other) => other.hop === name);
  return hop?.output !== null && hop?.output !== undefined && topics.includes(hop.output.topic);
}
