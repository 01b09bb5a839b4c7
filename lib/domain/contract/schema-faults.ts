import type { z } from "zod";
import { FORMAT_REMEDY } from "./formats.ts";
import { type Fault, type FieldPath, pathText } from "./issues.ts";

type ZodIssue = z.core.$ZodIssue;

/** Turns what zod found into faults worded for the person who wrote the contract. */
export function schemaFaults(issues: readonly ZodIssue[], base: FieldPath = []): Fault[] {
  return issues.flatMap((issue) => faultsOf(issue, [...base, ...issue.path.map(asKey)]));
}

function faultsOf(issue: ZodIssue, at: FieldPath): Fault[] {
  switch (issue.code) {
    case "invalid_type":
      return [wrongType(issue, at)];
    case "invalid_value":
      return [
        { at, code: "not-one-of", message: `${name(at)} has a value that isn't known`, remedy: oneOf(issue.values) },
      ];
    case "invalid_format":
      return [wrongFormat(issue.format, at)];
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        at: [...at, key],
        code: "unknown-field",
        message: `${pathText([...at, key])} is not a field of the contract`,
        remedy: "Check its spelling and where it stands, or take it out.",
      }));
    case "invalid_union":
      return unionFaults(issue, at);
    case "invalid_key":
      return schemaFaults(issue.issues, at).map((fault) => ({ ...fault, at }));
    case "too_small":
    case "too_big":
      return [outOfRange(issue, at)];
    case "invalid_element":
    case "not_multiple_of":
    case "custom":
      return [{ at, code: "out-of-range", message: issue.message, remedy: "Change it and apply the contract again." }];
  }
}

function wrongType(issue: Extract<ZodIssue, { code: "invalid_type" }>, at: FieldPath): Fault {
  if (issue.input === undefined) {
    const key = at.at(-1);
    return {
      at,
      code: "missing",
      message: `${name(at)} is missing`,
      remedy: `Add ${typeof key === "string" ? `${key}: …` : "it"}.`,
    };
  }
  const expected = PLAIN_TYPE[issue.expected] ?? issue.expected;
  return { at, code: "wrong-type", message: `${name(at)} should be ${expected}`, remedy: `Write ${expected} there.` };
}

const PLAIN_TYPE: Readonly<Record<string, string>> = {
  string: "text (in quotes if it looks like a number)",
  number: "a number",
  int: "a whole number",
  object: "a group of fields",
  record: "a group of fields",
  array: "a list",
  boolean: "true or false",
};

function wrongFormat(format: string, at: FieldPath): Fault {
  const known = FORMAT_REMEDY[format];
  return {
    at,
    code: "wrong-format",
    message: `${name(at)} is not ${known?.is ?? "written as expected"}`,
    remedy: known?.write ?? "Remove the characters that can't stand there.",
  };
}

function outOfRange(issue: Extract<ZodIssue, { code: "too_small" | "too_big" }>, at: FieldPath): Fault {
  const limit = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  const unit: Readonly<Record<string, string>> = { string: " characters", array: " entries", set: " entries" };
  return {
    at,
    code: "out-of-range",
    message: `${name(at)} should have ${limit}${unit[issue.origin] ?? ""}`,
    remedy: `Give it ${limit}${unit[issue.origin] ?? ""}.`,
  };
}

/** Of the alternatives, tells about the one that was meant: the one that fits best. */
function unionFaults(issue: Extract<ZodIssue, { code: "invalid_union" }>, at: FieldPath): Fault[] {
  const options = (issue as { options?: readonly unknown[] }).options;
  if (options !== undefined) {
    return [{ at, code: "not-one-of", message: `${name(at)} has a value that isn't known`, remedy: oneOf(options) }];
  }
  const meant = issue.errors.find(
    (branch) => !branch.some((inner) => inner.path.length === 0 && MISFIT.has(inner.code)),
  );
  if (meant !== undefined) return schemaFaults(meant, at);
  const accepted = issue.errors.flat().map(alternative);
  return [
    {
      at,
      code: "wrong-type",
      message: `${name(at)} is neither of the forms it may have`,
      remedy: `Write ${[...new Set(accepted)].join(" or ")}.`,
    },
  ];
}

/** Codes that say "another alternative was meant" rather than "this one is almost right". */
const MISFIT: ReadonlySet<string> = new Set(["invalid_type", "invalid_value"]);

function alternative(issue: ZodIssue): string {
  if (issue.code === "invalid_value") return issue.values.map(String).join(" or ");
  if (issue.code === "invalid_type") return PLAIN_TYPE[issue.expected] ?? issue.expected;
  if (issue.code === "invalid_format") return FORMAT_REMEDY[issue.format]?.is ?? "text";
  return "a form of the contract's schema";
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `Write ${String(values[0])}.` : `Write one of ${values.map(String).join(", ")}.`;
}

function name(at: FieldPath): string {
  return at.length === 0 ? "The contract" : pathText(at);
}

function asKey(key: PropertyKey): string | number {
  return typeof key === "symbol" ? String(key) : key;
}
