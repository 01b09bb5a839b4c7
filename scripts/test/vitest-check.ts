import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { inheritedEnv } from "../inherited-env.ts";
import { runToEnd } from "../run-to-end.ts";
import type { Check, Tier } from "./check.ts";
import { FAILED, type Tally } from "./tally.ts";

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
});

/** Vitest on some of its projects, counted test by test. A file that does not even load is one failure. */
export function vitestCheck(
  name: string,
  tier: Tier,
  projects: readonly string[],
  env: Record<string, string> = {},
): Check {
  return { name, tier, run: () => runVitest(projects, env) };
}

async function runVitest(projects: readonly string[], env: Record<string, string>): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), "tidemark-vitest-"));
  const report = path.join(folder, "report.json");
  const flags = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--passWithNoTests", ...flags, ...projects.flatMap((project) => ["--project", project])];
  try {
    const { code } = await runToEnd(process.execPath, ["node_modules/vitest/vitest.mjs", ...args], {
      env: inheritedEnv({ NO_COLOR: "1", FORCE_COLOR: null, ...env }),
      show: true,
    });
    return withExitCode(readReport(report), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): Tally {
  try {
    const report = Report.parse(JSON.parse(readFileSync(file, "utf8")));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return FAILED;
  }
}

function withExitCode(tally: Tally, code: number): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
