import { execFileSync } from "node:child_process";
import { z } from "zod";
import { findKept, forget, keep } from "./home.ts";
import { Refusal } from "./refusal.ts";

const FILE = "run.json";
const Running = z.object({ pid: z.number(), verb: z.string(), url: z.string() });

type Run = z.output<typeof Running>;

/** The run that uses this home now; null when there is none, or only what a killed one left. */
function findRun(home: string): Run | null {
  const text = findKept(home, FILE);
  const parsed = text === null ? null : Running.safeParse(JSON.parse(text));
  return parsed?.success && isOurs(parsed.data.pid) ? parsed.data : null;
}

export function refuseSecondRun(home: string): void {
  const running = findRun(home);
  if (!running || running.pid === process.pid) return;
  throw new Refusal(
    `Tidemark already runs here (npm run ${running.verb}, process ${running.pid}) at ${running.url}. Stop that one first, or set TIDEMARK_HOME to another folder.`,
  );
}

/** Takes the home for this process. Two at once would stop each other's database. */
export function takeRunLock(home: string, verb: string, url: string): void {
  refuseSecondRun(home);
  keep(home, FILE, JSON.stringify({ pid: process.pid, verb, url }));
}

export function releaseRunLock(home: string): void {
  forget(home, FILE);
}

/** Whether the process of that number is a runner, and not something that got the number of a dead one. */
function isOurs(pid: number): boolean {
  try {
    const command = execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return command.includes("scripts/main.ts");
  } catch {
    return false;
  }
}
