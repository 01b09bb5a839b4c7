import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";

/** Writes bench/results/<name>.json: what was measured, of which commit, when, with which seed, on how many cores. */
export async function writeReport(name: string, seed: number | null, figures: Record<string, unknown>): Promise<void> {
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  const report = { name, commit, date: new Date().toISOString(), seed, cores: os.cpus().length, ...figures };
  const folder = new URL("results/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report));
}
