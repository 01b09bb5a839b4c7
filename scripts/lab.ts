import { inheritedEnv } from "./inherited-env.ts";
import { spawn } from "node:child_process";
import { stopAsked } from "./stop-signal.ts";

/** `npm run lab -- …`: the lab's own command line. */
export function lab(args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["lab/cli.ts", ...args], { stdio: "inherit", env: inheritedEnv() });
    void stopAsked().then(() => child.kill("SIGTERM"));
    child.once("error", () => resolve(127));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
