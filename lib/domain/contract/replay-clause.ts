import { z } from "zod";
import { Duration, Link } from "./formats.ts";

export const ReplayClause = z.strictObject({
  method: z.enum(["reset-group", "rebuild-from-batch", "rewind-table-and-replay", "custom"]),
  /** How far back each need must be able to reach. */
  needs: z
    .strictObject({ backfill: Duration.optional(), incident: Duration.optional(), audit: Duration.optional() })
    .refine((needs) => Object.keys(needs).length > 0, { error: "Name at least one need: backfill, incident or audit" }),
  repairWithin: Duration,
  idempotency: z.enum(["upsert-by-key", "overwrite-partition", "exactly-once", "none"]),
  runbook: Link.optional(),
});
export type ReplayClause = z.infer<typeof ReplayClause>;
