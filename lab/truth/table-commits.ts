import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LabContext } from "../lab-context.ts";
import { type TableCommitLine, TRUTH_FILES } from "./truth-log.ts";

/** Whether the table took a commit after that instant (epoch ms). */
export function hasCommittedSince(context: Pick<LabContext, "paths">, since: number): boolean {
  const file = path.join(context.paths.truth, TRUTH_FILES.commits);
  if (!existsSync(file)) return false;
  const last = readFileSync(file, "utf8").trimEnd().split("\n").at(-1);
  return last !== undefined && last !== "" && (JSON.parse(last) as TableCommitLine).at > since;
}
