import { z } from "zod";

/** A duration as people write it: `15m`, `72h`, `1h30m`. Units: ms, s, m, h, d (24 h), w (7 d). */
export const Duration = z.stringFormat("tidemark-duration", /^(?:\d{1,9}(?:ms|s|m|h|d|w))+$/);

/** A share of a hundred as people write it: `99.5%`. */
export const Percentage = z.stringFormat("tidemark-percentage", /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,6})?)%$/);

/** Bytes per second: `5MB/s`, `800KiB/s`. */
export const ByteRate = z.stringFormat("tidemark-byte-rate", /^\d{1,9}(?:\.\d{1,3})?(?:B|kB|KB|MB|GB|KiB|MiB|GiB)\/s$/);

/** A slug: the part of a URL, the name of a hop. */
export const Slug = z.stringFormat("tidemark-slug", /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

/** The name of a connection of this installation. */
export const ConnectionName = z.stringFormat("tidemark-connection", /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/);

/** A team that answers for something: `team:orders`. */
export const TeamRef = z.stringFormat("tidemark-team", /^team:[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/);

/** Topic names as Kafka takes them (at most 249 characters; `.` and `..` alone are refused by the broker). */
export const TopicName = z.stringFormat("kafka-topic", /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/);

/** Consumer groups and connectors may be called almost anything; control characters are refused. */
export const GroupName = z.stringFormat("kafka-name", /^[^\p{Cc}]{1,255}$/u);

/** A table by namespace and name: `analytics.orders`. */
export const TableName = z.stringFormat("tidemark-table", /^[^\s.\p{Cc}]{1,255}(?:\.[^\s.\p{Cc}]{1,255}){1,7}$/u);

/** A link that may be shown: http or https alone. */
export const Link = z.stringFormat("tidemark-link", /^https?:\/\/[^\s<>"'`]{1,2000}$/);

/** An instant or a day, RFC 3339: `2026-01-01T00:00:00Z`, `2027-01-01` (its start, UTC). */
export const InstantOrDay = z.stringFormat(
  "tidemark-instant",
  (text) =>
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2}))?$/.test(text) &&
    !Number.isNaN(Date.parse(text)),
);

/** An offset: decimal text, since offsets exceed what a JSON number holds exactly. */
export const Offset = z.stringFormat("kafka-offset", /^(?:0|[1-9]\d{0,18})$/);

/** A line or two for people. */
export const Text = z.string().trim().min(1).max(2000);
export const ShortText = z.string().trim().min(1).max(120);

/** What to write instead, by format: shown beside the field that is wrong. */
export const FORMAT_REMEDY: Readonly<Record<string, { is: string; write: string }>> = {
  "tidemark-duration": { is: "a duration", write: "Write a number and a unit: 90s, 2m, 72h, 30d." },
  "tidemark-percentage": { is: "a percentage", write: "Write it with its sign: 99.5%." },
  "tidemark-byte-rate": { is: "a rate in bytes per second", write: "Write it as 5MB/s." },
  "tidemark-slug": {
    is: "a short name",
    write: "Use lower-case letters, digits and dashes, at most 63: orders-activity.",
  },
  "tidemark-connection": {
    is: "the name of a connection",
    write: "Use the name given in tidemark.yaml or in Settings: prod.",
  },
  "tidemark-team": { is: "a team", write: "Write team: and its name: team:orders." },
  "kafka-topic": { is: "a topic name", write: "Use letters, digits, dot, dash and underscore, at most 249." },
  "kafka-name": { is: "a name Kafka takes", write: "Use 1 to 255 characters without control characters." },
  "tidemark-table": { is: "a table name", write: "Write namespace and table: analytics.orders." },
  "tidemark-link": { is: "a link", write: "Write a whole http or https address." },
  "tidemark-instant": { is: "an instant", write: "Write it as 2026-01-01T00:00:00Z or 2026-01-01." },
  "tidemark-host-port": { is: "a host and its port", write: "Write it as kafka-1.example.com:9092." },
  "kafka-offset": { is: "an offset", write: 'Write it as digits in quotes: "1200".' },
  "tidemark-payload-path": { is: "a path into the record", write: "Write it as $.event_time or $.meta.created_at." },
  "tidemark-schema-versions": { is: "a range of schema versions", write: 'Write ">=3", "3" or "3-7".' },
  "tidemark-resource": {
    is: "a resource",
    write: "Write its kind and name: topic:orders.enriched, group:bi-dash, table:analytics.orders.",
  },
  "tidemark-principal": { is: "a principal", write: "Write its type and name: User:bi." },
};
