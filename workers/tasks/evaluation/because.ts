import type { UnmeasuredBecause } from "#lib/domain/freshness/reading.ts";

const CODES: Record<string, UnmeasuredBecause["code"]> = {
  unreachable: "unreachable",
  timeout: "unreachable",
  "not-authorized": "not-authorized",
  "auth-failed": "not-authorized",
  "not-found": "not-found",
};

/** A stored failure in the words a reading uses. */
export function becauseOf(code: string | null, detail: string | null, what: string): UnmeasuredBecause {
  return { code: (code !== null && CODES[code]) || "error", detail: detail ?? `${what} could not be read.` };
}

/** Kafka's own error code of one topic or group. Source: Kafka protocol, error codes. */
export function becauseOfKafka(code: number, resource: { kind: "topic" | "group"; name: string }): UnmeasuredBecause {
  const { kind, name } = resource;
  switch (code) {
    case 29:
    case 30:
      return {
        code: "not-authorized",
        detail: `Tidemark may not read offsets of ${kind} ${name}. Grant DESCRIBE on it.`,
      };
    case 3:
      return { code: "not-found", detail: `The cluster has no ${kind} ${name}.` };
    case 5:
    case 6:
    case 9:
      return { code: "unreachable", detail: `${kind} ${name} has no reachable leader (Kafka error ${code}).` };
    case 14:
    case 15:
    case 16:
      return {
        code: "unreachable",
        detail: `The coordinator of ${kind} ${name} is not available (Kafka error ${code}).`,
      };
    default:
      return { code: "error", detail: `${kind} ${name} could not be read (Kafka error ${code}).` };
  }
}
