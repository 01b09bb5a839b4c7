import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectionOf, type LabConnection } from "./connection.ts";
import { askControl } from "./control-client.ts";
import { findJdk } from "./find-jdk.ts";
import { resolveJars } from "./jars.ts";
import { findJson, writeJson } from "./json-file.ts";
import type { LabContext } from "./lab-context.ts";
import { DEFAULT_HOME, LAB_CODE, labEnv, type LabPaths, labPaths } from "./lab-paths.ts";
import type { LabState } from "./lab-state.ts";
import { withLock } from "./lock.ts";
import { keepPorts, refuseTakenPorts } from "./ports.ts";
import { keepSecrets } from "./secrets.ts";
import type { IncidentName } from "./incidents/incidents.ts";
import { endLeftovers } from "./leftovers.ts";
import { isAlive } from "./is-alive.ts";

export type { LabConnection } from "./connection.ts";
export type { IncidentName } from "./incidents/incidents.ts";
export type { LabState } from "./lab-state.ts";

export interface UpOptions {
  /** Folder of the installation; default `TIDEMARK_HOME`, else `.tidemark` in the clone. */
  home?: string;
  /** One broker instead of three. */
  small?: boolean;
  /** Forget everything an earlier lab kept here. */
  reset?: boolean;
  /** Told of each step as it begins. */
  onStep?: (text: string) => void;
}

const UP_WITHIN_MS = 240_000;

/** Starts the lab, or finds the healthy one that runs already, and answers how to reach it. */
export async function up(options: UpOptions = {}): Promise<LabConnection> {
  const paths = labPaths(homeOf(options));
  const onStep = options.onStep ?? (() => undefined);
  return withLock(paths.lock, async () => {
    const running = await findRunning(paths);
    const isSame = running !== null && running.small === (options.small ?? false) && !options.reset;
    if (running && !isSame) await takeDown(paths);
    const supervisor = running && isSame ? null : await launch(paths, options, onStep);
    await follow(paths, supervisor, onStep);
    return connectionOf(paths);
  });
}

/** Stops everything the lab started; nothing happens when it is not running. */
export async function down(options: { home?: string } = {}): Promise<void> {
  const paths = labPaths(homeOf(options));
  await withLock(paths.lock, () => takeDown(paths));
}

/** What is known of the lab: live from its supervisor, else `down`. */
export async function status(options: { home?: string } = {}): Promise<LabState | null> {
  const paths = labPaths(homeOf(options));
  const running = await findRunning(paths);
  if (running) return running;
  const last = findJson<LabState>(paths.state);
  return last ? { ...last, phase: last.phase === "failed" ? "failed" : "down", pieces: [], incidents: [] } : null;
}

/** Brings an incident about (see incidents/incidents.ts); returns when it is on. */
export async function incident(name: IncidentName | (string & {}), options: { home?: string } = {}): Promise<void> {
  await askControl(labPaths(homeOf(options)), "POST", `/incident/${encodeURIComponent(name)}`);
}

/** Undoes whatever is on and waits until every piece is healthy again; safe to call at any time. */
export async function heal(options: { home?: string } = {}): Promise<void> {
  await askControl(labPaths(homeOf(options)), "POST", "/heal");
}

/** Addresses, users and files of a lab that was started here. */
export function connection(options: { home?: string } = {}): LabConnection {
  return connectionOf(labPaths(homeOf(options)));
}

function homeOf(options: { home?: string }): string {
  return options.home ?? labEnv("TIDEMARK_HOME") ?? DEFAULT_HOME;
}

async function findRunning(paths: LabPaths): Promise<LabState | null> {
  try {
    const state = await askControl<LabState>(paths, "GET", "/status", 5_000);
    return state.phase === "starting" || state.phase === "up" ? state : null;
  } catch {
    return null;
  }
}

async function launch(paths: LabPaths, options: UpOptions, onStep: (text: string) => void): Promise<ChildProcess> {
  onStep("Looking for a JDK");
  const jdk = await findJdk();
  const jars = await resolveJars(jdk, onStep);
  await endLeftovers(paths);
  const small = options.small ?? false;
  const before = findJson<LabState>(paths.state);
  if (options.reset || (before && before.small !== small)) rmSync(paths.root, { recursive: true, force: true });
  labPaths(paths.home);
  const ports = await keepPorts(paths.ports);
  await refuseTakenPorts(ports, small ? 1 : 3);
  const context: LabContext = { paths, ports, secrets: keepSecrets(paths.secrets), jdk, jars, small };
  const file = path.join(paths.conf, "context.json");
  writeJson(file, context);
  rmSync(paths.state, { force: true });
  const log = openSync(path.join(paths.logs, "supervisor.log"), "w", 0o600);
  const supervisor = spawn(
    process.execPath,
    ["--disable-warning=TimeoutNegativeWarning", path.join(LAB_CODE, "supervisor", "main.ts"), file],
    {
      detached: true,
      stdio: ["ignore", log, log],
      cwd: paths.root,
    },
  );
  supervisor.unref();
  closeSync(log);
  return supervisor;
}

/** Waits until the lab is up, telling its steps. */
async function follow(paths: LabPaths, supervisor: ChildProcess | null, onStep: (text: string) => void): Promise<void> {
  const deadline = Date.now() + UP_WITHIN_MS;
  // Of a lab that runs already there is nothing to tell.
  let told = supervisor ? 0 : Infinity;
  for (;;) {
    const state = findJson<LabState>(paths.state);
    for (const step of state?.steps.slice(told) ?? []) onStep(step.text);
    told = Math.max(told, state?.steps.length ?? 0);
    if (state?.phase === "up") return;
    if (state?.phase === "failed") throw new Error(`The lab did not come up: ${state.because}`);
    if (state?.phase === "stopping" || state?.phase === "down") throw new Error("The lab was stopped while it came up");
    if (supervisor?.exitCode != null)
      throw new Error(`The lab's supervisor ended. See ${path.join(paths.logs, "supervisor.log")}`);
    if (Date.now() > deadline) throw new Error(`The lab was not up after ${UP_WITHIN_MS / 1000} s. See ${paths.logs}`);
    await sleep(250);
  }
}

async function takeDown(paths: LabPaths): Promise<void> {
  const running = await findRunning(paths);
  if (running) {
    await askControl(paths, "POST", "/down");
    for (let i = 0; i < 240 && isAlive(running.supervisorPid); i += 1) await sleep(250);
    if (isAlive(running.supervisorPid)) process.kill(running.supervisorPid, "SIGKILL");
  }
  await endLeftovers(paths);
}
