import { execFile } from "node:child_process";

export interface CommandResult {
  code: number;
  out: string;
}

/** Runs a program to its end: exit code and both outputs (1 MiB at most). A program that cannot start gives code 127. */
export function runCommand(program: string, args: readonly string[], timeoutMs: number): Promise<CommandResult> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, maxBuffer: 1024 * 1024, killSignal: "SIGKILL" as const };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      const out = `${stdout}${stderr}`;
      if (!error) return resolve({ code: 0, out });
      resolve({ code: typeof error.code === "number" ? error.code : 127, out: out || error.message });
    });
  });
}
