import { inheritedEnv } from "../inherited-env.ts";
import { runToEnd } from "../run-to-end.ts";

/** `npm run soak`: every *.soak.ts in turn; each writes its report to bench/results/. */
export async function soak(args: readonly string[]): Promise<number> {
  const flags = ["run", "--config", "scripts/soak/vitest.soak.config.ts", "--passWithNoTests", ...args];
  const { code } = await runToEnd(process.execPath, ["node_modules/vitest/vitest.mjs", ...flags], {
    env: inheritedEnv(),
    show: true,
  });
  return code;
}
