import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pingDatabase } from "#lib/db/server.ts";
import type { Guard } from "../guard.ts";
import { inheritedEnv } from "../inherited-env.ts";
import type { RunAs } from "./run-as.ts";
import type { ServerBinaries } from "./server-binaries.ts";

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 20_000;

export interface ServerPlan {
  binaries: ServerBinaries;
  runAs: RunAs | null;
  /** The cluster's folder, of the server's user. Made by `initialise`. */
  dataFolder: string;
  logFile: string;
  port: number;
  user: string;
  password: string;
  /** For tests: give up durability for speed. */
  throwaway?: boolean;
}

export interface PostgresServer {
  /** URL of its database `postgres`. */
  url: string;
  /** Tells when it ends, wanted or not. */
  process: ChildProcess;
  /** Fast shutdown: sessions are ended, everything is written. */
  stop(): Promise<void>;
}

/** Makes the cluster when it is missing. */
export function initialise(plan: ServerPlan): void {
  if (existsSync(path.join(plan.dataFolder, "PG_VERSION"))) return;
  rmSync(plan.dataFolder, { recursive: true, force: true }); // what an interrupted initdb left
  mkdirSync(plan.dataFolder, { recursive: true, mode: 0o700 });
  const passwordFile = `${plan.dataFolder}.password`;
  writeFileSync(passwordFile, plan.password, { mode: 0o600 });
  if (plan.runAs) {
    chownSync(plan.dataFolder, plan.runAs.uid, plan.runAs.gid);
    chownSync(passwordFile, plan.runAs.uid, plan.runAs.gid);
  }
  const args = [
    "--pgdata",
    plan.dataFolder,
    "--username",
    plan.user,
    "--pwfile",
    passwordFile,
    "--auth",
    "scram-sha-256",
  ];
  const locale = ["--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"];
  try {
    execFileSync(plan.binaries.initdb, [...args, ...locale, ...(plan.throwaway ? ["--no-sync"] : [])], {
      ...asUser(plan.runAs),
      stdio: ["ignore", "ignore", "pipe"],
      timeout: 300_000,
    });
  } catch (error) {
    rmSync(plan.dataFolder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Starts the server on loopback alone and waits until it answers. */
export async function startServer(plan: ServerPlan, guard: Guard): Promise<PostgresServer> {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    logging_collector: "off",
    log_timezone: "UTC",
    timezone: "UTC",
    ...(plan.throwaway
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "2GB" }
      : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(plan.logFile, "a", 0o600);
  // A group of its own: Ctrl-C in the terminal must reach the runner alone, which stops the database last.
  const child = spawn(plan.binaries.postgres, ["-D", plan.dataFolder, "-p", String(plan.port), ...flags], {
    ...asUser(plan.runAs),
    stdio: ["ignore", output, output],
    detached: true,
  });
  guard.watchServer(child);
  closeSync(output);
  const url = `postgresql://${plan.user}:${encodeURIComponent(plan.password)}@127.0.0.1:${plan.port}/postgres`;
  await untilReady(child, url, plan.logFile);
  return { url, process: child, stop: () => stopServer(child) };
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  let ended: string | null = null;
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (code, signal) => (ended ??= `it ended with ${signal ?? code}`));
  const deadline = Date.now() + START_DEADLINE_MS;
  let because = "";
  while (Date.now() < deadline && ended === null) {
    const answer = await pingDatabase(url, 2_000);
    if (answer.ok) return;
    because = answer.because;
    await new Promise((done) => setTimeout(done, 100));
  }
  if (ended === null) child.kill("SIGQUIT");
  throw new Error(
    `The embedded PostgreSQL did not start: ${ended ?? because}. Its log, ${logFile}, ends with:\n${lastLines(logFile)}`,
  );
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGINT");
  const giveUp = setTimeout(() => child.kill("SIGQUIT"), STOP_DEADLINE_MS);
  await ended;
  clearTimeout(giveUp);
}

/** postmaster.pid of a killed run: if its server still lives, stop it; if its number is someone else's by now, remove the file. */
export async function clearPreviousRun(dataFolder: string): Promise<void> {
  const file = path.join(dataFolder, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (Number.isInteger(pid) && pid > 1 && commandOf(pid).includes(dataFolder)) {
    process.kill(pid, "SIGINT");
    const deadline = Date.now() + STOP_DEADLINE_MS;
    while (commandOf(pid).includes(dataFolder)) {
      if (Date.now() > deadline)
        throw new Error(
          `An embedded PostgreSQL of an earlier run (process ${pid}) does not stop. End it, then start again.`,
        );
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  rmSync(file, { force: true });
}

function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}

function asUser(runAs: RunAs | null): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } {
  const env = inheritedEnv({ LC_ALL: "C", TZ: "UTC" });
  return runAs ? { uid: runAs.uid, gid: runAs.gid, cwd: "/", env } : { cwd: "/", env };
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-10).join("\n") : "(empty)";
}
