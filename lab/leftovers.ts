import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { LabPaths } from "./lab-paths.ts";
import { runCommand } from "./run-command.ts";

/** Ends processes that an earlier lab of this home left behind: those whose pid we noted and whose command names our folder. */
export async function endLeftovers(paths: LabPaths): Promise<void> {
  for (const name of readdirSync(paths.pids)) {
    const file = path.join(paths.pids, name);
    const pid = Number(readFileSync(file, "utf8").trim());
    if (pid > 1 && (await isOurs(pid, paths))) kill(pid);
    rmSync(file, { force: true });
  }
}

async function isOurs(pid: number, paths: LabPaths): Promise<boolean> {
  const { code, out } = await runCommand("ps", ["-ww", "-o", "command=", "-p", String(pid)], 5_000);
  return code === 0 && out.includes(paths.root);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone meanwhile.
  }
}
