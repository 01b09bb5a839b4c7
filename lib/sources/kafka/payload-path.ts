/** A step into a payload: the name of a field, or the index of an item. */
export type PathStep = string | number;

/** Reads `$.a.b`, `$['a.b']`, `$.a[0]` (names and indexes alone), or gives null. */
export function parsePayloadPath(text: string): PathStep[] | null {
  if (!text.startsWith("$")) return null;
  const steps: PathStep[] = [];
  const step = /\.([A-Za-z_][A-Za-z0-9_-]*)|\['([^']+)'\]|\[(\d+)\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) return null;
    const [, name, quoted, index] = found;
    steps.push(index === undefined ? (name ?? quoted ?? "") : Number(index));
  }
  return steps;
}

/** What stands there; undefined where there is nothing. */
export function followPath(value: unknown, steps: readonly PathStep[]): unknown {
  let at = value;
  for (const step of steps) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<PathStep, unknown>)[step];
  }
  return at;
}
