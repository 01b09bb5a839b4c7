import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LAB_CODE } from "./lab-paths.ts";
import { waitUntil } from "./wait-until.ts";
import { isAlive } from "./is-alive.ts";

const GUARD = path.join(LAB_CODE, "guard.sh");
const folder = mkdtempSync(path.join(os.tmpdir(), "lab-guard-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pidIn(file: string): number | null {
  try {
    return Number(readFileSync(file, "utf8").trim()) || null;
  } catch {
    return null;
  }
}

async function pidWritten(file: string): Promise<number> {
  expect(await waitUntil(() => pidIn(file) !== null, 5_000, 20)).toBe(true);
  return pidIn(file) ?? 0;
}

describe("guard.sh", () => {
  it("kills its command when the supervisor is killed with -9", async () => {
    const file = path.join(folder, "orphan.pid");
    const supervisor = `
      require("node:child_process").spawn("/bin/sh", [${JSON.stringify(GUARD)}, ${JSON.stringify(file)}, "sleep", "300"], { stdio: ["pipe", "ignore", "ignore"] });
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", supervisor], { stdio: "ignore" });
    const pid = await pidWritten(file);
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    expect(await waitUntil(() => !isAlive(pid), 5_000, 20)).toBe(true);
  });

  it("tells how its command ended, and removes the pid file", async () => {
    const file = path.join(folder, "ended.pid");
    const guard = spawn("/bin/sh", [GUARD, file, "sh", "-c", "exit 7"], { stdio: ["pipe", "ignore", "ignore"] });
    const code = await new Promise((resolve) => guard.once("exit", resolve));
    expect(code).toBe(7);
    expect(pidIn(file)).toBeNull();
  });

  it("leaves nothing of itself once its command was killed", async () => {
    const file = path.join(folder, "killed.pid");
    const guard = spawn("/bin/sh", [GUARD, file, "sleep", "300"], { stdio: ["pipe", "ignore", "ignore"] });
    process.kill(await pidWritten(file), "SIGKILL");
    const code = await new Promise((resolve) => guard.once("exit", resolve));
    expect(code).toBe(137);
  });
});
