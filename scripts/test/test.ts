import { parseArgs } from "node:util";
import { messageOf } from "#lib/errors.ts";
import { Refusal } from "../refusal.ts";
import { stopSignal } from "../stop-signal.ts";
import type { Check, Tier } from "./check.ts";
import { CHECKS } from "./checks.ts";
import { NEEDS, provide } from "./requirements.ts";
import { addTallies, FAILED, SKIPPED, type Tally } from "./tally.ts";

const USAGE = "npm run test:fast, npm test, npm test -- --without lab,browser, or npm test -- --only lab";
const TIERS: readonly Tier[] = ["fast", "drift", "lab", "browser"];

/** `npm test`: every check in turn, then one line `N passed, M failed, K skipped`. What is missing fails, unless left out by name. */
export async function test(args: readonly string[]): Promise<number> {
  const { tiers, without } = readArgs(args);
  const tallies: Tally[] = [];
  const failures: string[] = [];
  for (const check of CHECKS.filter((one) => tiers.has(one.tier))) {
    if (stopSignal().aborted) break;
    const tally = without.has(check.tier) ? SKIPPED : await runCheck(check);
    tallies.push(tally);
    if (tally.failed > 0) failures.push(check.name);
  }
  if (stopSignal().aborted) failures.push("stopped before the end");
  if (without.size > 0) console.log(`Left out, as asked: ${[...without].join(", ")}`);
  if (failures.length > 0) console.log(`Failed: ${failures.join(", ")}`);
  const { passed, failed, skipped } = addTallies(tallies);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failures.length > 0 ? 1 : 0;
}

async function runCheck(check: Check): Promise<Tally> {
  const start = performance.now();
  console.log(`▸ ${check.name}`);
  const tally = await attempt(check);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${tally.failed > 0 ? "✗" : "✓"} ${check.name} (${seconds} s)`);
  return tally;
}

async function attempt(check: Check): Promise<Tally> {
  try {
    const missing = check.tier === "lab" || check.tier === "browser" ? await provide(NEEDS[check.tier]) : [];
    if (missing.length === 0) return await check.run();
    console.log(missing.join("\n"));
  } catch (error) {
    console.log(messageOf(error));
  }
  return FAILED;
}

function readArgs(args: readonly string[]): { tiers: Set<Tier>; without: Set<Tier> } {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { without: text, only: text },
  });
  if (positionals.some((word) => word !== "fast")) throw new Refusal(`Use ${USAGE}.`);
  const only = values.only ?? (positionals.includes("fast") ? "fast" : undefined);
  return {
    tiers: new Set(only === undefined ? TIERS : tiersIn(only)),
    without: new Set(tiersIn(values.without ?? "")),
  };
}

function tiersIn(list: string): Tier[] {
  return list
    .split(",")
    .filter((name) => name !== "")
    .map((name) => {
      const tier = TIERS.find((one) => one === name);
      if (!tier) throw new Refusal(`There is no ${name} among ${TIERS.join(", ")}. Use ${USAGE}.`);
      return tier;
    });
}
