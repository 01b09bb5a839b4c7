import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { writeSoakReport } from "../../tests/soak-report.ts";

const REPORT = ".tidemark/mutation/mutation.json";
const LEAST_SCORE = 80;

interface MutationReport {
  files: Record<string, { mutants: { status: string }[] }>;
}

const KILLED = new Set(["Killed", "Timeout"]);
const COUNTED = new Set(["Killed", "Timeout", "Survived", "NoCoverage"]);

/** Breaks every branch of the domain in turn: some test must fail. The paths are in stryker.config.json. */
it(`kills at least ${LEAST_SCORE} % of the mutants of the domain`, async () => {
  const run = spawnSync(process.execPath, ["node_modules/@stryker-mutator/core/bin/stryker.js", "run"], {
    stdio: "inherit",
  });
  expect(run.status).toBe(0);
  const report = JSON.parse(readFileSync(REPORT, "utf8")) as MutationReport;
  const files = Object.entries(report.files).map(([file, { mutants }]) => {
    const counted = mutants.filter((m) => COUNTED.has(m.status));
    return { file, mutants: counted.length, killed: counted.filter((m) => KILLED.has(m.status)).length };
  });
  const mutants = files.reduce((sum, f) => sum + f.mutants, 0);
  const killed = files.reduce((sum, f) => sum + f.killed, 0);
  const score = Math.round((killed / mutants) * 1000) / 10;
  const byFile = files.map((f) => [f.file, `${f.killed} of ${f.mutants}`]);
  const figures = { scorePercent: score, killed, ...Object.fromEntries(byFile) };
  writeSoakReport({ name: "mutation", seed: 0, repetitions: mutants, failures: mutants - killed, figures }, new Date());
  expect(score).toBeGreaterThanOrEqual(LEAST_SCORE);
});
