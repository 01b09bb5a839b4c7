import { z } from "zod";
import { ByteRate, GroupName, InstantOrDay, TeamRef, Text } from "./formats.ts";

const Principal = z.stringFormat("tidemark-principal", /^[A-Za-z][A-Za-z0-9]{0,30}:[^\p{Cc}]{1,255}$/u);

const Resource = z.stringFormat(
  "tidemark-resource",
  /^(?:topic|group|cluster|transactional-id|table|bucket|database):[^\p{Cc}]{1,255}$/u,
);

/** Kafka's own operations, plus SELECT for tables. */
const Operation = z.enum([
  "READ",
  "WRITE",
  "CREATE",
  "DELETE",
  "ALTER",
  "DESCRIBE",
  "CLUSTER_ACTION",
  "DESCRIBE_CONFIGS",
  "ALTER_CONFIGS",
  "IDEMPOTENT_WRITE",
  "ALL",
  "SELECT",
]);

const Grant = z.strictObject({
  principal: Principal,
  resource: Resource,
  operation: Operation,
  group: GroupName.optional(),
  purpose: Text,
  until: InstantOrDay.optional(),
});

export const AccessClause = z.strictObject({
  /** Field path → how sensitive it is. */
  classification: z
    .record(
      z.string().regex(/^(?!__proto__$)[^\p{Cc}]{1,255}$/u),
      z.enum(["public", "internal", "confidential", "restricted", "pii"]),
    )
    .default({}),
  grants: z.array(Grant).max(1000).default([]),
});
export type AccessClause = z.infer<typeof AccessClause>;

/** Consumer groups that read the feed, and how: `hot` follows the end, `bulk` reads history in one go. */
export const ReadersClause = z
  .array(
    z.strictObject({
      group: GroupName,
      owner: TeamRef,
      mode: z.enum(["hot", "bulk"]).default("hot"),
      quota: ByteRate.optional(),
    }),
  )
  .max(1000);
