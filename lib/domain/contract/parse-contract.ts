import { FeedContract } from "./feed-contract.ts";
import { type ContractIssue, type Fault, pathText } from "./issues.ts";
import { ruleFaults } from "./rules.ts";
import { schemaFaults } from "./schema-faults.ts";
import { readYaml, writeYaml } from "./yaml-document.ts";

export interface ParseOptions {
  /** Objectives under three of these are refused. Milliseconds. */
  samplingIntervalMs?: number;
}

export type ParsedContract = { ok: true; contract: FeedContract } | { ok: false; issues: ContractIssue[] };

/**
 * Reads a feed contract from YAML or JSON text, or from a value that was read already,
 * and tells everything that is wrong with it at once.
 */
export function parseContract(input: unknown, options: ParseOptions = {}): ParsedContract {
  if (typeof input !== "string") return check(input, () => null, options);
  const reading = readYaml(input);
  if (!reading.ok) {
    return {
      ok: false,
      issues: reading.errors.map(({ message, line }) => ({
        path: "",
        code: "syntax",
        message: message,
        remedy: "Correct the YAML there.",
        line,
      })),
    };
  }
  return check(reading.document.value, reading.document.lineOf, options);
}

function check(value: unknown, lineOf: (path: Fault["at"]) => number | null, options: ParseOptions): ParsedContract {
  const parsed = FeedContract.safeParse(value, { reportInput: true });
  const document = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const faults = [
    ...(parsed.success ? [] : schemaFaults(parsed.error.issues)),
    ...ruleFaults(document, options.samplingIntervalMs ?? 10_000),
  ];
  if (parsed.success && faults.length === 0) return { ok: true, contract: parsed.data };
  return {
    ok: false,
    issues: faults
      .map(({ at, ...fault }) => ({ path: pathText(at), ...fault, line: lineOf(at) }))
      .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

/** The contract as YAML, in the order of the schema; `parseContract` gives the same contract back. */
export function contractYaml(contract: FeedContract): string {
  return writeYaml(FeedContract.parse(contract));
}
