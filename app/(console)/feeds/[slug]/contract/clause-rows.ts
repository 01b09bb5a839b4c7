import type { FeedContract } from "#lib/domain/contract/feed-contract.ts";
import type { PathHopClause } from "#lib/domain/contract/path-hops.ts";
import type { SchemaClause } from "#lib/domain/contract/schema-clause.ts";
import type { SourceTopic } from "#lib/domain/contract/sources-clause.ts";
import { wordsOf } from "#lib/display.ts";

/** One clause in words: what it is about, and its lines. */
export interface ClauseRow {
  clause: string;
  says: string[];
}

const NOT_STATED = ["not stated"];

/** The clauses of a contract as a person reads them, in the document's order. */
export function clauseRows(contract: FeedContract): ClauseRow[] {
  const { lateness, schema, access, replay, owners } = contract;
  return [
    { clause: "Sources", says: contract.sources.topics.map((topic) => sourceLine(topic, contract.sources.cluster)) },
    { clause: "Schema", says: schema ? [schemaLine(schema)] : NOT_STATED },
    {
      clause: "Lateness",
      says: [
        `usable within ${lateness.objective} in ${lateness.target} of minutes over ${lateness.window}`,
        `a record later than ${lateness.tolerated} is late data`,
      ],
    },
    { clause: "Path", says: contract.path.map(hopLine) },
    { clause: "Target", says: [targetLine(contract.target)] },
    {
      clause: "Access",
      says: access
        ? [
            ...Object.entries(access.classification).map(([field, kind]) => `${field} is ${kind}`),
            ...access.grants.map((grant) => `${grant.principal} may ${grant.operation} ${grant.resource}`),
          ]
        : NOT_STATED,
    },
    {
      clause: "Replay",
      says: replay
        ? [
            `${wordsOf(replay.method)}, ${wordsOf(replay.idempotency)}, repaired within ${replay.repairWithin}`,
            ...Object.entries(replay.needs).map(([need, span]) => `${need} needs ${String(span)}`),
          ]
        : NOT_STATED,
    },
    {
      clause: "Owners",
      says: Object.entries(owners).map(([responsibility, team]) => `${responsibility}: ${team}`),
    },
  ];
}

function sourceLine({ name, eventTime, maxSilence }: SourceTopic, cluster: string): string {
  const where =
    eventTime.in === "record"
      ? "the record timestamp"
      : eventTime.in === "header"
        ? `header ${eventTime.name}`
        : eventTime.path;
  const silence = maxSilence ? `, silent after ${maxSilence}` : "";
  return `${name} on ${cluster}, event time in ${where}${silence}`;
}

function schemaLine({ subject, registry, versions, compatibility, owner }: SchemaClause): string {
  const parts = [
    subject ? `${subject}${registry ? ` in ${registry}` : ""}` : "no registry",
    versions ? `versions ${versions}` : null,
    compatibility ?? null,
    `owned by ${owner}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function hopLine(hop: PathHopClause): string {
  const after = hop.after === undefined ? "" : ` after ${[hop.after].flat().join(" and ")}`;
  return `${hop.hop}: ${hop.kind} ${subjectOf(hop)}${after}${hop.owner ? `, ${hop.owner}` : ""}`.trim();
}

function subjectOf(hop: PathHopClause): string {
  switch (hop.kind) {
    case "processor":
      return `${hop.group ?? hop.flink?.job ?? ""}${hop.output ? ` into ${hop.output.topic}` : ""}`;
    case "connector":
      return `${hop.connector} on ${hop.connect}`;
    case "topic":
      return hop.topic;
    case "table":
      return `in ${hop.catalog}`;
    case "query":
      return `on ${hop.database}`;
  }
}

function targetLine(target: FeedContract["target"]): string {
  switch (target.kind) {
    case "topic":
      return `topic ${target.topic}`;
    case "iceberg":
      return `${target.table} (iceberg, ref ${target.ref}) in ${target.catalog}`;
    case "delta":
    case "hudi":
      return `${target.table} (${target.kind}) in ${target.catalog}`;
    case "sql":
      return `${target.table} in ${target.database}`;
    case "custom":
      return target.name;
  }
}
