import type { EventTimeSpec } from "../contract/sources-clause.ts";

/**
 * Where an event time is read, as one short text: `record`, `header:<name>:<format>`, `payload:<encoding>:<format>:<path>`.
 * It is part of the key under which a record's event time is kept, so two feeds that read a topic differently do not mix.
 * A fallback is no part of it: the record timestamp is kept beside the event time anyway.
 */
export function eventTimeKey(spec: EventTimeSpec): string {
  switch (spec.in) {
    case "record":
      return "record";
    case "header":
      return `header:${spec.name}:${spec.format}`;
    case "payload":
      return `payload:${spec.encoding}:${spec.format}:${spec.path}`;
  }
}
