import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findJdk } from "../../lab/find-jdk.ts";
import { findChromium } from "../../tests/find-chromium.ts";
import { runToEnd } from "../run-to-end.ts";

/** Something of the machine that tests need. */
interface Requirement {
  name: string;
  isThere(): Promise<boolean>;
  /** Debian's packages of it. */
  packages: readonly string[];
  /** Another way to get it. */
  otherwise?: () => Promise<unknown>;
  remedy: string;
}

const JDK: Requirement = {
  name: "JDK 17 or 21",
  isThere: () =>
    findJdk().then(
      () => true,
      () => false,
    ),
  packages: ["openjdk-17-jdk-headless"],
  remedy: "Install one, or set JAVA_HOME",
};

const MAVEN: Requirement = {
  name: "Maven",
  isThere: () => Promise.resolve(runs("mvn", "--version")),
  packages: ["maven"],
  remedy: "Install it, so that `mvn` is in PATH",
};

const CHROMIUM: Requirement = {
  name: "Chromium",
  isThere: () => Promise.resolve(findChromium() !== null),
  packages: ["chromium"],
  otherwise: () =>
    runToEnd(process.execPath, ["node_modules/playwright/cli.js", "install", "chromium"], { show: true }),
  remedy: "Install Chromium or Chrome, or set CHROMIUM_PATH",
};

export const NEEDS = { lab: [JDK, MAVEN], browser: [CHROMIUM] } as const;

/** Makes sure all are there, installing by apt as root on Debian. Returns a sentence for each that still is not. */
export async function provide(requirements: readonly Requirement[]): Promise<string[]> {
  const missing: string[] = [];
  for (const requirement of requirements) {
    if (await requirement.isThere()) continue;
    console.log(`${requirement.name} is missing: trying to install it`);
    if (canApt()) await aptInstall(requirement.packages);
    if (!(await requirement.isThere())) await requirement.otherwise?.();
    if (!(await requirement.isThere())) missing.push(`${requirement.name} is missing. ${requirement.remedy}.`);
  }
  return missing;
}

function canApt(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version") && runs("apt-get", "--version");
}

let updated = false;

async function aptInstall(packages: readonly string[]): Promise<void> {
  const quiet = ["-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"];
  if (!updated) await runToEnd("apt-get", ["update", "-qq"]);
  updated = true;
  const result = await runToEnd("apt-get", ["install", ...quiet, ...packages]);
  if (result.code !== 0) console.log(result.output.trimEnd().split("\n").slice(-5).join("\n"));
}

function runs(command: string, arg: string): boolean {
  try {
    execFileSync(command, [arg], { stdio: "ignore", timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}
