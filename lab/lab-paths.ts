import { mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Where the code of the lab is. */
export const LAB_CODE = import.meta.dirname;

/** The clone's own home, used when nobody says otherwise. */
export const DEFAULT_HOME = path.join(LAB_CODE, "..", ".tidemark");

/** Folders and files of a lab under its home. */
export interface LabPaths {
  home: string;
  /** Everything of the lab; removed by a reset. */
  root: string;
  data: string;
  conf: string;
  logs: string;
  pids: string;
  truth: string;
  warehouse: string;
  state: string;
  ports: string;
  secrets: string;
  journal: string;
  lock: string;
}

/** Paths are absolute; the folders exist on return. */
export function labPaths(home: string): LabPaths {
  const absolute = path.resolve(home);
  const root = path.join(absolute, "lab");
  const paths: LabPaths = {
    home: absolute,
    root,
    data: path.join(root, "data"),
    conf: path.join(root, "conf"),
    logs: path.join(root, "logs"),
    pids: path.join(root, "pids"),
    truth: path.join(root, "truth"),
    warehouse: path.join(root, "warehouse"),
    state: path.join(root, "state.json"),
    ports: path.join(root, "ports.json"),
    secrets: path.join(root, "secrets.json"),
    journal: path.join(root, "journal.jsonl"),
    lock: path.join(absolute, "lab.lock"),
  };
  for (const folder of [paths.data, paths.conf, paths.logs, paths.pids, paths.truth, paths.warehouse]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return paths;
}

/** Jars are shared by every clone on the machine. */
export function cacheFolder(): string {
  const base = labEnv("XDG_CACHE_HOME") ?? path.join(os.homedir(), ".cache");
  return path.join(base, "tidemark", "jars");
}

/** The lab's only reader of the environment; an empty string counts as not set. */
export function labEnv(name: "JAVA_HOME" | "PATH" | "TIDEMARK_HOME" | "XDG_CACHE_HOME"): string | undefined {
  return process.env[name] || undefined;
}

/** The environment a process of the lab starts with. */
export function inheritedEnv(added: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...added };
}
