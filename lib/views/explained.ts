/** A shape whose nullable fields K each tell, when null, why: `ageSeconds: null, ageSecondsBecause: "…"`. */
export type Explained<T, K extends keyof T & string> = T & { [P in K as `${P}Because`]?: string };

/** Adds `xBecause` beside every field of `because` that is null, and nothing beside the others. */
export function explained<T extends object, K extends keyof T & string>(
  value: T,
  because: Readonly<Record<K, string>>,
): Explained<T, K> {
  const reasons: Record<string, string> = {};
  for (const name of Object.keys(because) as K[]) {
    if (value[name] === null) reasons[`${name}Because`] = because[name];
  }
  return { ...value, ...reasons } as Explained<T, K>;
}

/** Milliseconds to the API's seconds, exact to the millisecond. */
export const seconds = (ms: number): number => Math.round(ms) / 1000;

export const secondsOrNull = (ms: number | null): number | null => (ms === null ? null : seconds(ms));
