import { z } from "zod";
import { Duration, Percentage } from "./formats.ts";

/** One multi-window burn-rate rule: it fires when both windows reach the factor. */
const BurnRule = z.strictObject({
  severity: z.enum(["page", "ticket"]),
  factor: z.number().positive().max(10_000),
  long: Duration,
  short: Duration,
});

export const LatenessClause = z.strictObject({
  /** Source event to usable output. */
  objective: Duration,
  /** Share of minutes that must be good. */
  target: Percentage,
  window: Duration.default("30d"),
  /** A record that arrives later than this after its event time is late data: it moves no tidemark. */
  tolerated: Duration,
  burn: z.union([z.literal("default"), z.array(BurnRule).min(1).max(12)]).default("default"),
});
export type LatenessClause = z.infer<typeof LatenessClause>;
