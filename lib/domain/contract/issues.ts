/** One thing wrong with a contract: where, what, and what to do about it. */
export interface ContractIssue {
  /** `path[1].group`; empty for the document itself. */
  path: string;
  code: "syntax" | "missing" | "unknown-field" | "wrong-type" | "wrong-format" | "not-one-of" | "out-of-range" | "rule";
  message: string;
  remedy: string;
  /** Line in the YAML it was read from, from 1; null when it came as a value. */
  line: number | null;
}

export type FieldPath = readonly (string | number)[];

/** A fault found by a rule or by the schema, before it is given its line. */
export interface Fault {
  at: FieldPath;
  code: ContractIssue["code"];
  message: string;
  remedy: string;
}

export function pathText(path: FieldPath): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
}
