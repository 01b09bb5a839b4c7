import { down, status, up } from "../lab/api.ts";

/** Vitest global setup: one lab for all lab tests of a run. One that is up already is used, and left up. */
export default async function setup(): Promise<() => Promise<void>> {
  const before = await status();
  await up({ onStep: (text) => console.log(`lab: ${text}`) });
  return () => (before?.phase === "up" ? Promise.resolve() : down());
}
