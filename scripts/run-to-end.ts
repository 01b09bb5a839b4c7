import { spawn } from "node:child_process";
import type { Guard } from "./guard.ts";
import { stopSignal } from "./stop-signal.ts";

export interface Ran {
  code: number;
  /** Standard output and error, as they came. */
  output: string;
}

interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Passes the output on while it runs. */
  show?: boolean;
  guard?: Guard;
}

/** Runs a program to its end, in a group of its own that is stopped when we are asked to stop. */
export function runToEnd(command: string, args: readonly string[], options: Options = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const { cwd, env } = options;
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    options.guard?.watchGroup(child);
    const stop = () => child.pid !== undefined && process.kill(-child.pid, "SIGTERM");
    stopSignal().addEventListener("abort", stop);
    const parts: Buffer[] = [];
    const take = (to: NodeJS.WriteStream) => (part: Buffer) => {
      parts.push(part);
      if (options.show) to.write(part);
    };
    child.stdout.on("data", take(process.stdout));
    child.stderr.on("data", take(process.stderr));
    const finish = (code: number, more: string) => {
      stopSignal().removeEventListener("abort", stop);
      resolve({ code, output: Buffer.concat(parts).toString("utf8") + more });
    };
    child.once("error", (error) => finish(127, `${error.message}\n`));
    child.once("close", (code, signal) => finish(code ?? 128, signal ? `ended by ${signal}\n` : ""));
  });
}
