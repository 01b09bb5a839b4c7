import type { FeedContract } from "./feed-contract.ts";
import type { Fault } from "./issues.ts";
import type { PathHopClause } from "./path-hops.ts";
import { type Wire, wirePath } from "./wire-path.ts";

type PathParts = Pick<FeedContract, "sources" | "path">;

/** Kinds that may stand right before a hop of a kind; `source` always may. */
const MAY_FOLLOW: Readonly<Record<PathHopClause["kind"], readonly PathHopClause["kind"][]>> = {
  processor: ["processor", "topic"],
  connector: ["processor", "topic"],
  topic: ["processor", "topic"],
  table: ["processor", "connector", "topic"],
  query: ["processor", "connector", "topic", "table"],
};

/** Rules of the path: names, order, and that every hop's input is written by what stands before it. */
export function rulesOfPath(parts: PathParts): Fault[] {
  const wires = wirePath(parts);
  const kinds = new Map(parts.path.map((hop) => [hop.hop, hop.kind]));
  return [
    ...nameFaults(parts),
    ...wires.flatMap((wire, index) => [
      ...afterFaults(wire, index, kinds),
      ...inputFaults(wire, index),
      ...positionFaults(wire.hop, index),
    ]),
    ...leafFaults(wires),
  ];
}

function nameFaults({ path, sources }: PathParts): Fault[] {
  const seen = new Set(["source"]);
  const faults: Fault[] = [];
  path.forEach((hop, index) => {
    if (seen.has(hop.hop)) {
      faults.push({
        at: ["path", index, "hop"],
        code: "rule",
        message:
          hop.hop === "source" ? "source is the name of the first hop already" : `Two hops are called ${hop.hop}`,
        remedy: "Give each hop a name of its own.",
      });
    }
    seen.add(hop.hop);
  });
  const topics = new Set<string>();
  sources.topics.forEach((topic, index) => {
    if (topics.has(topic.name)) {
      faults.push({
        at: ["sources", "topics", index, "name"],
        code: "rule",
        message: `Topic ${topic.name} is listed twice`,
        remedy: "List each source topic once.",
      });
    }
    topics.add(topic.name);
  });
  return faults;
}

function afterFaults(wire: Wire, index: number, kinds: ReadonlyMap<string, PathHopClause["kind"]>): Fault[] {
  const unknown = wire.unknownAfter.map((name): Fault => ({
    at: ["path", index, "after"],
    code: "rule",
    message: kinds.has(name)
      ? `${wire.hop.hop} comes after ${name}, which is declared later`
      : `${wire.hop.hop} comes after ${name}, which is not a hop of this path`,
    remedy: kinds.has(name) ? `Declare ${name} before ${wire.hop.hop}.` : "Name source, or a hop declared before it.",
  }));
  const misplaced = wire.after.flatMap((name): Fault[] => {
    const kind = kinds.get(name);
    if (kind === undefined || wire.unknownAfter.includes(name) || MAY_FOLLOW[wire.hop.kind].includes(kind)) return [];
    return [
      {
        at: ["path", index],
        code: "rule",
        message: `${wire.hop.hop} is a ${wire.hop.kind} and can't follow ${name}, a ${kind}`,
        remedy: `Put a ${wire.hop.kind} after source${MAY_FOLLOW[wire.hop.kind].map((one) => `, a ${one}`).join("")}.`,
      },
    ];
  });
  return [...unknown, ...misplaced];
}

function inputFaults(wire: Wire, index: number): Fault[] {
  const silent = wire.silentAfter.map((name): Fault => ({
    at: ["path", index],
    code: "rule",
    message: `What ${wire.hop.hop} reads is not known: ${name} names no output topic`,
    remedy: `Add output: { topic: … } to ${name}.`,
  }));
  const unknown = wire.unknownInputs.map((topic): Fault => ({
    at: ["path", index, "inputs"],
    code: "rule",
    message: `${wire.hop.hop} reads ${topic}, which nothing before it writes`,
    remedy: "Name a source topic or the output topic of a hop before it.",
  }));
  const clusters = new Set(wire.inputs.map(({ cluster }) => cluster));
  if (clusters.size <= 1) return [...silent, ...unknown];
  return [
    ...silent,
    ...unknown,
    {
      at: ["path", index],
      code: "rule",
      message: `${wire.hop.hop} reads topics of two clusters: ${[...clusters].join(", ")}`,
      remedy: "Declare one hop for each cluster.",
    },
  ];
}

/** A processor must show its progress somewhere. */
function positionFaults(hop: PathHopClause, index: number): Fault[] {
  if (hop.kind !== "processor" || hop.group !== undefined || hop.flink !== undefined || hop.progress !== undefined)
    return [];
  return [
    {
      at: ["path", index, "group"],
      code: "rule",
      message: `Nothing tells how far ${hop.hop} has come`,
      remedy: "Add its consumer group, its flink connection and job, or progress: reported.",
    },
  ];
}

/** Only one hop may have nothing after it: the target's. */
function leafFaults(wires: readonly Wire[]): Fault[] {
  const followed = new Set(wires.flatMap(({ after }) => after));
  return wires.slice(0, -1).flatMap(({ hop }, index): Fault[] =>
    followed.has(hop.hop)
      ? []
      : [
          {
            at: ["path", index],
            code: "rule",
            message: `The path ends twice: nothing comes after ${hop.hop}`,
            remedy: "Name it in the after of a later hop, or take it out.",
          },
        ],
  );
}
