import { z } from "zod";
import { ConnectionName, Duration, InstantOrDay, Offset, TopicName } from "./formats.ts";

/** How a written event time is read. */
const EventTimeFormat = z.enum(["iso8601", "epoch-s", "epoch-ms", "epoch-us"]);

/** `$.a.b`, `$['a.b']`, `$.a[0]`: names and indexes alone, no filters and no wildcards. */
const PayloadPath = z.stringFormat(
  "tidemark-payload-path",
  /^\$(?:\.[A-Za-z_][A-Za-z0-9_-]*|\['[^'\p{Cc}]{1,200}'\]|\[\d{1,6}\]){1,32}$/u,
);

/**
 * Where the source event time of a record is written.
 * `encoding: auto` (payload) is Confluent's wire format when the value starts with its magic byte and the schema clause
 * names a registry, JSON otherwise. `fallback: record` lets the record timestamp stand in for an unreadable one.
 */
export const EventTimeSpec = z.discriminatedUnion("in", [
  z.strictObject({ in: z.literal("record") }),
  z.strictObject({
    in: z.literal("header"),
    name: z.string().min(1).max(255),
    format: EventTimeFormat.default("iso8601"),
    fallback: z.literal("record").optional(),
  }),
  z.strictObject({
    in: z.literal("payload"),
    path: PayloadPath,
    format: EventTimeFormat.default("iso8601"),
    encoding: z.enum(["auto", "json", "avro", "protobuf"]).default("auto"),
    fallback: z.literal("record").optional(),
  }),
]);
export type EventTimeSpec = z.infer<typeof EventTimeSpec>;

/** From where a topic belongs to the feed: records before it are not promised. */
const From = z.union([
  z.literal("earliest"),
  z.strictObject({ offsets: z.record(z.stringFormat("kafka-offset", /^(?:0|[1-9]\d{0,5})$/), Offset) }),
  z.strictObject({ timestamp: InstantOrDay }),
]);

export const SourceTopic = z.strictObject({
  name: TopicName,
  from: From.default("earliest"),
  eventTime: EventTimeSpec.default({ in: "record" }),
  /** Longer without a record on the topic is *silent*; absent, silence is never held against it. */
  maxSilence: Duration.optional(),
  /** Of each partition on its own, where every one must speak. */
  maxSilencePerPartition: Duration.optional(),
});
export type SourceTopic = z.infer<typeof SourceTopic>;

export const SourcesClause = z.strictObject({
  cluster: ConnectionName,
  topics: z.array(SourceTopic).min(1).max(100),
});
export type SourcesClause = z.infer<typeof SourcesClause>;
