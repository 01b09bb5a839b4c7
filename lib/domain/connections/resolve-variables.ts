import type { Fault, FieldPath } from "../contract/issues.ts";

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Puts environment variables where a text says `${NAME}`. One that is not set is a fault, never an empty text. */
export function resolveVariables(
  value: unknown,
  variable: (name: string) => string | undefined,
  at: FieldPath = [],
): { value: unknown; faults: Fault[] } {
  if (typeof value === "string") return resolveText(value, variable, at);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => resolveVariables(item, variable, [...at, index]));
    return { value: items.map((item) => item.value), faults: items.flatMap((item) => item.faults) };
  }
  if (typeof value !== "object" || value === null) return { value, faults: [] };
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, resolveVariables(inner, variable, [...at, key])] as const,
  );
  return {
    value: Object.fromEntries(entries.map(([key, inner]) => [key, inner.value])),
    faults: entries.flatMap(([, inner]) => inner.faults),
  };
}

function resolveText(text: string, variable: (name: string) => string | undefined, at: FieldPath) {
  const faults: Fault[] = [];
  const value = text.replace(VARIABLE, (whole, name: string) => {
    const found = variable(name);
    if (found !== undefined) return found;
    faults.push({
      at,
      code: "missing",
      message: `The environment variable ${name} is not set`,
      remedy: `Set ${name} where the command runs.`,
    });
    return whole;
  });
  return { value, faults };
}
