import { z } from "zod";
import { FeedContract } from "#lib/domain/contract/feed-contract.ts";

/**
 * The bodies of the stable API: at least these fields. Times are RFC 3339 in UTC, `…Seconds` numbers with millisecond
 * precision, fractions 0 to 1, offsets and lags decimal text. A null `x` has its reason in `xBecause`.
 */
const instant = z.iso.datetime({ offset: true });
const seconds = z.number();
const decimal = z.string().regex(/^-?\d+$/);

const STATES = ["late", "unmeasured", "silent", "idle", "fresh"] as const;
const HOP_KINDS = ["source", "processor", "connector", "topic", "table", "query"] as const;

type Nullable<T extends Record<string, z.ZodType>> = { [K in keyof T]: z.ZodNullable<T[K]> } & {
  [K in keyof T & string as `${K}Because`]: z.ZodOptional<z.ZodString>;
};

/** `{ age: number | null, ageBecause?: string }` for each of the fields; the cast says what the two maps build. */
function nullable<T extends Record<string, z.ZodType>>(fields: T): Nullable<T> {
  const nulls = Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, schema.nullable()]));
  const reasons = Object.fromEntries(Object.keys(fields).map((name) => [`${name}Because`, z.string().optional()]));
  return { ...nulls, ...reasons } as Nullable<T>;
}

const HeldBy = z.object({ hop: z.string(), owner: z.string(), since: instant, byCadence: z.boolean() });

export const FeedItem = z.object({
  slug: z.string(),
  name: z.string(),
  state: z.enum(STATES),
  ...nullable({
    tier: z.enum(["critical", "standard", "internal"]),
    pattern: z.enum(["processor-to-topic", "connect-to-lakehouse", "stream-to-table", "dual-path"]),
    ageSeconds: seconds,
    objectiveSeconds: seconds,
    heldBy: HeldBy,
    budgetRemaining: z.number(),
    coverage: z.number().min(0).max(1),
    replayMarginSeconds: seconds,
    weakestArea: z.string(),
    ownerGaps: z.array(z.string()),
    measuredAt: instant,
  }),
});

export const FeedListAnswer = z.object({ items: z.array(FeedItem), ...nullable({ next: z.string() }) });

export const Hop = z.object({
  hop: z.string(),
  kind: z.enum(HOP_KINDS),
  after: z.array(z.string()),
  owner: z.string(),
  state: z.enum(["measured", "unmeasured"]),
  unmeasuredBecause: z.object({ code: z.string(), detail: z.string() }).nullable(),
  ...nullable({
    inStep: z.boolean(),
    proof: z.enum(["exact", "watermark", "inferred", "declared"]),
    tidemark: instant,
    holdSeconds: seconds.min(0),
    precisionSeconds: seconds.min(0),
    topic: z.string(),
    partition: z.int().min(0),
    lagOffsets: decimal,
    measuredAt: instant,
  }),
});

export const FreshnessNow = z.object({
  state: z.enum(STATES),
  because: z.string(),
  ...nullable({
    ageSeconds: seconds,
    ageLowerSeconds: seconds,
    tidemark: instant,
    objectiveSeconds: seconds,
    heldBy: HeldBy,
    measuredAt: instant,
  }),
  hops: z.array(Hop),
});

export const Minute = z.object({
  minute: instant,
  verdict: z.enum(["good", "bad", "unmeasured", "excluded"]),
  ...nullable({ worstAgeSeconds: seconds, dominantHop: z.string() }),
  contractVersion: z.int(),
  samples: z.int().min(0),
  origin: z.enum(["sampled", "reconstructed", "proved-later", "corrected"]),
});

export const FreshnessAnswer = z.object({ now: FreshnessNow, minutes: z.array(Minute).max(1500) });

export const ContractAnswer = z.object({
  slug: z.string(),
  version: z.int().min(1),
  state: z.literal("active"),
  contentHash: z.string(),
  createdBy: z.string(),
  activatedAt: instant.nullable(),
  contract: FeedContract,
  yaml: z.string(),
});

/** RFC 9457. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  field: z.string().nullable(),
  issues: z.array(z.object({ path: z.string(), message: z.string(), remedy: z.string().nullable() })),
});
