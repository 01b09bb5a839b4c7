import { inheritedEnv } from "../inherited-env.ts";
import { runToEnd } from "../run-to-end.ts";
import { FAILED, PASSED, type Tally } from "./tally.ts";

export type Tier = "fast" | "drift" | "lab" | "browser";

export interface Check {
  name: string;
  tier: Tier;
  /** Throws, or counts a failure, when it does not hold; prints why. */
  run(): Promise<Tally>;
}

/** A check that is one program: it passes when that ends with 0, and its output is shown when it does not. */
export function programCheck(name: string, tier: Tier, module: string, args: readonly string[]): Check {
  return {
    name,
    tier,
    async run() {
      const result = await runToEnd(process.execPath, [module, ...args], { env: inheritedEnv() });
      if (result.code === 0) return PASSED;
      console.log(result.output.trimEnd());
      return FAILED;
    },
  };
}
