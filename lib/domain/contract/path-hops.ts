import { z } from "zod";
import { ConnectionName, Duration, GroupName, ShortText, Slug, TableName, TeamRef, TopicName } from "./formats.ts";
import { EventTimeSpec } from "./sources-clause.ts";

/** What every declared hop may say. */
const common = {
  /** Its name, unique in the feed; `source` is the implicit first hop. */
  hop: Slug,
  /** Its predecessors; absent, the hop declared before it (or `source`). */
  after: z.union([Slug, z.array(Slug).min(1).max(20)]).optional(),
  /** The team that repairs it, where it is not the responsibility's. */
  owner: TeamRef.optional(),
  yield: z.enum(["one-to-one", "filters", "aggregates"]).optional(),
  deadLetter: TopicName.optional(),
  /** How often it moves its position in health; absent, it is learned. */
  cadence: Duration.optional(),
};

/** How a reader treats open transactions. The default is the safe one: it never claims an unfinished transaction as passed. */
const Isolation = z.enum(["read_committed", "read_uncommitted"]);

/** A topic a hop writes. `carries` says its records hold source event time, at `eventTime` (default: the record timestamp). */
const OutputTopic = z.strictObject({
  topic: TopicName,
  carries: z.literal("source-event-time").optional(),
  eventTime: EventTimeSpec.optional(),
});

/** Windows and suppression: output of a window appears only once it is closed. */
const Emits = z.strictObject({ every: Duration, grace: Duration.default("0s") });

const ProcessorHop = z.strictObject({
  ...common,
  kind: z.literal("processor"),
  runtime: z.enum(["kafka-streams", "flink", "spark", "custom"]).default("custom"),
  group: GroupName.optional(),
  /** Flink's REST API: a connection of kind flink, and the job's name or id. */
  flink: z.strictObject({ connection: ConnectionName, job: ShortText }).optional(),
  /** Progress is sent to the API by the runtime itself, since no group shows it. */
  progress: z.literal("reported").optional(),
  inputs: z.array(TopicName).min(1).max(100).optional(),
  output: OutputTopic.optional(),
  isolation: Isolation.default("read_committed"),
  /** When it commits its positions: `after-output` is exact, anything else only declared. */
  commits: z.enum(["after-output", "independent"]).optional(),
  emits: Emits.optional(),
});

const ConnectorHop = z.strictObject({
  ...common,
  kind: z.literal("connector"),
  connect: ConnectionName,
  connector: GroupName,
  /** Its consumer group, where it is not `connect-<connector>`. */
  group: GroupName.optional(),
  inputs: z.array(TopicName).min(1).max(100).optional(),
  isolation: Isolation.default("read_committed"),
});

/** A topic that is a hop of its own: filled by mirroring, or by a writer nobody measures. */
const TopicHop = z.strictObject({
  ...common,
  kind: z.literal("topic"),
  cluster: ConnectionName.optional(),
  topic: TopicName,
  carries: z.literal("source-event-time").optional(),
  eventTime: EventTimeSpec.optional(),
});

const TableHop = z.strictObject({
  ...common,
  kind: z.literal("table"),
  catalog: ConnectionName,
  /** Absent, the target's. */
  table: TableName.optional(),
  ref: ShortText.optional(),
});

/** An SQL probe. `single-max` may make a minute bad, never good. */
const QueryHop = z.strictObject({
  ...common,
  kind: z.literal("query"),
  database: ConnectionName,
  sql: z.string().trim().min(1).max(10_000),
  gives: z.enum(["per-partition", "single-max"]).default("single-max"),
});

export const PathHopClause = z.discriminatedUnion("kind", [ProcessorHop, ConnectorHop, TopicHop, TableHop, QueryHop]);
export type PathHopClause = z.infer<typeof PathHopClause>;

export const PathClause = z.array(PathHopClause).min(1).max(30);
