import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface SoakReport {
  /** File name without extension: the newest report of a soak replaces the one before. */
  name: string;
  /** What made this run: the same seed makes the same run. */
  seed: number;
  repetitions: number;
  failures: number;
  /** Figures with their units in their names. */
  figures: Record<string, number | string>;
}

/** Writes bench/results/<name>.json with the commit and the date. */
export function writeSoakReport(report: SoakReport, now: Date): void {
  const folder = path.join(import.meta.dirname, "../bench/results");
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const commit = git("rev-parse", "HEAD") + (git("status", "--porcelain") ? " with uncommitted changes" : "");
  const { name, ...rest } = report;
  const body = { name, commit, at: now.toISOString(), ...rest };
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(body, null, 2)}\n`);
}
