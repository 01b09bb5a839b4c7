import { z } from "zod";
import { AccessClause, ReadersClause } from "./access-clause.ts";
import { ShortText, Slug, Text } from "./formats.ts";
import { LatenessClause } from "./lateness-clause.ts";
import { OwnersClause } from "./owners.ts";
import { PathClause } from "./path-hops.ts";
import { ReplayClause } from "./replay-clause.ts";
import { SchemaClause } from "./schema-clause.ts";
import { SourcesClause } from "./sources-clause.ts";
import { ReconcileClause, TargetClause } from "./target-clause.ts";

export const TIERS = ["critical", "standard", "internal"] as const;
export const PATTERNS = ["processor-to-topic", "connect-to-lakehouse", "stream-to-table", "dual-path"] as const;

const Metadata = z.strictObject({
  slug: Slug,
  name: ShortText,
  description: Text.optional(),
  domain: ShortText.optional(),
  tier: z.enum(TIERS),
});

/**
 * The feed contract: the single statement of it. Forms, API, YAML, JSON Schema and types come from here.
 * `schema`, `access` and `replay` may be left out by the tiers that do not ask for them (tiers.ts).
 * What one clause says about another is in rules.ts.
 */
export const FeedContract = z.strictObject({
  apiVersion: z.literal("tidemark/v1"),
  kind: z.literal("FeedContract"),
  metadata: Metadata,
  pattern: z.enum(PATTERNS),
  sources: SourcesClause,
  schema: SchemaClause.optional(),
  lateness: LatenessClause,
  path: PathClause,
  target: TargetClause,
  reconcile: ReconcileClause.optional(),
  access: AccessClause.optional(),
  readers: ReadersClause.default([]),
  replay: ReplayClause.optional(),
  owners: OwnersClause,
});

/** A contract with every default filled in. */
export type FeedContract = z.output<typeof FeedContract>;
export type Tier = (typeof TIERS)[number];
export type Pattern = (typeof PATTERNS)[number];
