import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Guard } from "./guard.ts";

const STOP_DEADLINE_MS = 25_000;

export interface Child {
  name: string;
  process: ChildProcess;
  /** How it ended, as `code 1` or `SIGKILL`. Never rejects. */
  ended: Promise<string>;
}

export interface ChildPlan {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** A file its output is appended to; without one it goes to the console. */
  logFile?: string;
}

/** Starts a process in a group of its own, so that Ctrl-C reaches us alone and we stop all in order. */
export function startChild(plan: ChildPlan, guard: Guard): Child {
  const output = plan.logFile === undefined ? "inherit" : openSync(plan.logFile, "a", 0o600);
  const child = spawn(plan.command, plan.args, { env: plan.env, stdio: ["ignore", output, output], detached: true });
  guard.watchGroup(child);
  if (typeof output === "number") closeSync(output);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  return { name: plan.name, process: child, ended };
}

/** SIGTERM to the whole group, SIGKILL to what is left after 25 s. */
export async function stopChild(child: Child): Promise<void> {
  signalGroup(child, "SIGTERM");
  const giveUp = setTimeout(() => signalGroup(child, "SIGKILL"), STOP_DEADLINE_MS);
  await child.ended;
  clearTimeout(giveUp);
  signalGroup(child, "SIGKILL"); // what the leader may have left in its group
}

function signalGroup(child: Child, signal: NodeJS.Signals): void {
  if (child.process.pid === undefined) return;
  try {
    process.kill(-child.process.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
