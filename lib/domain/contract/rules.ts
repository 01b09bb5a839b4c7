import type { z } from "zod";
import { FeedContract, PATTERNS } from "./feed-contract.ts";
import type { Fault } from "./issues.ts";
import { LatenessClause } from "./lateness-clause.ts";
import { PathClause } from "./path-hops.ts";
import { rulesOfLateness } from "./rules-of-lateness.ts";
import { rulesOfPath } from "./rules-of-path.ts";
import { rulesOfReconcile, rulesOfTarget } from "./rules-of-target.ts";
import { SchemaClause } from "./schema-clause.ts";
import { SourcesClause } from "./sources-clause.ts";
import { TargetClause } from "./target-clause.ts";

/**
 * What the clauses say about one another. Each rule runs as soon as the clauses it reads are well formed,
 * so that a person sees all that is wrong at once, not the shape first and the sense after.
 */
export function ruleFaults(document: Readonly<Record<string, unknown>>, samplingIntervalMs: number): Fault[] {
  const sources = read(SourcesClause, document["sources"]);
  const path = read(PathClause, document["path"]);
  const target = read(TargetClause, document["target"]);
  const lateness = read(LatenessClause, document["lateness"]);
  const schema = read(SchemaClause, document["schema"]);
  const pattern = PATTERNS.find((name) => name === document["pattern"]);
  return [
    ...(lateness === null ? [] : rulesOfLateness(lateness, samplingIntervalMs)),
    ...(sources === null || path === null ? [] : rulesOfPath({ sources, path })),
    ...(pattern === undefined || path === null || target === null ? [] : rulesOfTarget({ pattern, path, target })),
    ...(pattern === undefined ? [] : rulesOfReconcile(pattern, document["reconcile"] !== undefined)),
    ...(sources === null ? [] : registryFaults(sources, schema)),
  ];
}

/** Avro and Protobuf payloads can be read through a registry alone. */
function registryFaults(sources: FeedContract["sources"], schema: SchemaClause | null): Fault[] {
  if (schema?.registry !== undefined) return [];
  return sources.topics.flatMap(({ eventTime }, index): Fault[] =>
    eventTime.in === "payload" && (eventTime.encoding === "avro" || eventTime.encoding === "protobuf")
      ? [
          {
            at: ["schema", "registry"],
            code: "rule",
            message: `sources.topics[${index}] is read as ${eventTime.encoding}, which needs a schema registry`,
            remedy: "Add schema: { registry: …, subject: … }.",
          },
        ]
      : [],
  );
}

function read<T>(schema: z.ZodType<T>, value: unknown): T | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
