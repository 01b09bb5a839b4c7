import type { FeedContract, Pattern } from "./feed-contract.ts";
import type { Fault } from "./issues.ts";
import type { PathHopClause } from "./path-hops.ts";

type TargetParts = Pick<FeedContract, "pattern" | "path" | "target">;

/** What a pattern asks of the path and the target. */
const PATTERN_NEEDS: Readonly<
  Record<Pattern, { hop: "processor" | "connector" | null; target: "topic" | "table" | "any"; says: string }>
> = {
  "processor-to-topic": { hop: "processor", target: "topic", says: "a processor and a topic as the target" },
  "connect-to-lakehouse": { hop: "connector", target: "table", says: "a connector and a table as the target" },
  "stream-to-table": { hop: null, target: "table", says: "a table as the target" },
  "dual-path": { hop: null, target: "any", says: "a stream and a batch target" },
};

/** Rules of the target: it is where the path ends, and it is what the pattern says. */
export function rulesOfTarget(parts: TargetParts): Fault[] {
  return [...patternFaults(parts), ...endFaults(parts)];
}

function patternFaults({ pattern, path, target }: TargetParts): Fault[] {
  const needs = PATTERN_NEEDS[pattern];
  const hasHop = needs.hop === null || path.some((hop) => hop.kind === needs.hop);
  const isTopic = target.kind === "topic";
  const hasTarget = needs.target === "any" || (needs.target === "topic") === isTopic;
  if (hasHop && hasTarget) return [];
  return [
    {
      at: ["pattern"],
      code: "rule",
      message: `The pattern ${pattern} has ${needs.says}`,
      remedy: "Change the pattern, or the path and the target.",
    },
  ];
}

function endFaults({ path, target }: TargetParts): Fault[] {
  const last = path.at(-1);
  const index = path.length - 1;
  if (last === undefined) return [];
  const wrong = (message: string, remedy: string): Fault[] => [{ at: ["path", index], code: "rule", message, remedy }];
  switch (target.kind) {
    case "topic":
      if (writes(last) === target.topic) return [];
      return wrong(
        `The path ends in ${last.hop}, which does not write ${target.topic}`,
        `Let the last hop write ${target.topic}.`,
      );
    case "iceberg":
    case "delta":
    case "hudi":
      if (last.kind === "query") return [];
      if (last.kind === "table" && last.catalog === target.catalog && (last.table ?? target.table) === target.table)
        return [];
      return wrong(
        `The path ends in ${last.hop}, not in the table ${target.table} of ${target.catalog}`,
        `Add { hop: table, kind: table, catalog: ${target.catalog} } at the end.`,
      );
    case "sql":
    case "custom":
      if (last.kind !== "topic") return [];
      return wrong(
        `The path ends in the topic hop ${last.hop}, short of the target`,
        "Add the hop that fills the target.",
      );
  }
}

function writes(hop: PathHopClause): string | null {
  if (hop.kind === "topic") return hop.topic;
  return hop.kind === "processor" ? (hop.output?.topic ?? null) : null;
}

/** Dual path is told by its reconciliation, and nothing else has one. */
export function rulesOfReconcile(pattern: Pattern, hasReconcile: boolean): Fault[] {
  if ((pattern === "dual-path") === hasReconcile) return [];
  return [
    {
      at: ["reconcile"],
      code: hasReconcile ? "rule" : "missing",
      message: hasReconcile
        ? "Only a dual-path feed is reconciled"
        : "A dual-path feed says how its two paths are reconciled",
      remedy: hasReconcile
        ? "Take reconcile out, or use the pattern dual-path."
        : "Add reconcile: { batch, window, keys, authoritative, owner }.",
    },
  ];
}
