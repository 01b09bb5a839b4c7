import { z } from "zod";
import { ConnectionName, Link, TeamRef } from "./formats.ts";

/** Registry subjects may hold almost any character; control characters are refused. */
const Subject = z.stringFormat("kafka-name", /^[^\p{Cc}]{1,255}$/u);

const SchemaVersions = z.stringFormat(
  "tidemark-schema-versions",
  /^(?:>=\s?)?[1-9]\d{0,8}$|^[1-9]\d{0,8}-[1-9]\d{0,8}$/,
);

/** Compatibility levels of a Confluent-compatible registry. */
const Compatibility = z.enum([
  "BACKWARD",
  "BACKWARD_TRANSITIVE",
  "FORWARD",
  "FORWARD_TRANSITIVE",
  "FULL",
  "FULL_TRANSITIVE",
  "NONE",
]);

/** A feed of plain JSON has no registry and no subject: then it says so by leaving both out. */
export const SchemaClause = z.strictObject({
  registry: ConnectionName.optional(),
  subject: Subject.optional(),
  versions: SchemaVersions.optional(),
  compatibility: Compatibility.optional(),
  owner: TeamRef,
  rollback: Link.optional(),
});
export type SchemaClause = z.infer<typeof SchemaClause>;
