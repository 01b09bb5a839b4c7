import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { Failure } from "./failure.mjs";

const GIB = 2 ** 30;

/** What the demo needs, each with what to do when it is not there. Throws after printing all of them if one is missing. */
export async function printChecklist(root) {
  const checks = [checkNode(), checkJdk(), checkMaven(), await checkPort(), checkMemory(), checkDisk(root)];
  console.log("What the demo needs:");
  for (const { name, found, remedy } of checks)
    console.log(`  ${remedy ? "✗" : "✓"} ${name}: ${found}${remedy ? `\n      ${remedy}` : ""}`);
  if (checks.some((check) => check.remedy))
    throw new Failure("Put right what is marked ✗, then run `npm run demo` again.");
}

function checkNode() {
  return {
    name: "Node 20.19 or newer",
    found: `${process.versions.node} (Node 24 comes with the packages where npm has it)`,
  };
}

function checkJdk() {
  const seen = [];
  for (const javac of javacs()) {
    const major = Number(/javac (\d+)/.exec(run(javac, ["-version"]))?.[1]);
    if (major === 17 || major === 21) return { name: "JDK 17 or 21", found: `${major} (${javac})` };
    if (major) seen.push(`${major} (${javac})`);
  }
  return {
    name: "JDK 17 or 21",
    found: seen.length ? `only ${seen.join(", ")}` : "none, with javac, in JAVA_HOME, PATH or the usual folders",
    remedy:
      "Debian, Ubuntu: apt-get install openjdk-17-jdk-headless    macOS: brew install openjdk@21    or set JAVA_HOME to one",
  };
}

function* javacs() {
  if (process.env.JAVA_HOME) yield path.join(process.env.JAVA_HOME, "bin/javac");
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) if (folder) yield path.join(folder, "javac");
  for (const base of [
    "/usr/lib/jvm",
    "/opt/java",
    "/Library/Java/JavaVirtualMachines",
    "/opt/homebrew/opt",
    "/usr/local/opt",
  ]) {
    if (!existsSync(base)) continue;
    for (const name of readdirSync(base).filter((one) => /java|jdk|temurin|corretto|zulu/i.test(one))) {
      for (const inside of ["bin", "Contents/Home/bin", "libexec/openjdk.jdk/Contents/Home/bin"])
        yield path.join(base, name, inside, "javac");
    }
  }
}

function checkMaven() {
  const version = /Apache Maven ([\d.]+)/.exec(run("mvn", ["--version"]))?.[1];
  if (version) return { name: "Maven", found: version };
  return {
    name: "Maven",
    found: "no `mvn` in PATH",
    remedy: "Debian, Ubuntu: apt-get install maven    macOS: brew install maven",
  };
}

async function checkPort() {
  const port = Number(process.env.PORT || 3000);
  const host = process.env.HOST || "127.0.0.1";
  const free = await new Promise((answer) => {
    const probe = createServer();
    probe.once("error", () => answer(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => answer(true)));
  });
  if (free) return { name: `Port ${port}`, found: "free" };
  return { name: `Port ${port}`, found: "taken", remedy: `Port ${port} is taken. Try PORT=${port + 1} npm run demo` };
}

function checkMemory() {
  const free = availableMemory() / GIB;
  const name = "4 GiB of free memory";
  if (free >= 4) return { name, found: `${free.toFixed(1)} GiB` };
  const small = process.argv.includes("--small");
  if (small && free >= 2.5) return { name, found: `${free.toFixed(1)} GiB, enough for --small` };
  return {
    name,
    found: `${free.toFixed(1)} GiB`,
    remedy: "Close something large, or run one broker: npm run demo -- --small",
  };
}

/** Linux counts caches as used in os.freemem(); macOS keeps inactive memory that it gives back. */
function availableMemory() {
  if (existsSync("/proc/meminfo")) {
    const line = /MemAvailable:\s+(\d+) kB/.exec(readFileSync("/proc/meminfo", "utf8"));
    if (line) return Number(line[1]) * 1024;
  }
  return process.platform === "darwin" ? os.totalmem() / 2 : os.freemem();
}

function checkDisk(root) {
  const home = process.env.TIDEMARK_HOME || path.join(root, ".tidemark");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = statfsSync(home);
  const free = (bavail * bsize) / GIB;
  const name = "3 GiB of free disk";
  if (free >= 3) return { name, found: `${free.toFixed(1)} GiB` };
  return {
    name,
    found: `${free.toFixed(1)} GiB`,
    remedy: `Free some on the disk of ${home}, or set TIDEMARK_HOME to a folder on another`,
  };
}

function run(command, args) {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 30_000 });
  } catch {
    return "";
  }
}
