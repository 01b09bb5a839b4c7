import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { createDatabase, withDatabase } from "#lib/db/server.ts";
import type { Guard } from "../guard.ts";
import { findKept, homeKey, keep } from "../home.ts";
import { findFreePort, isPortFree } from "./free-port.ts";
import { clearPreviousRun, initialise, type PostgresServer, startServer } from "./postgres-server.ts";
import { getRunAs, type RunAs } from "./run-as.ts";
import { getServerBinaries, SHARED_FOLDER } from "./server-binaries.ts";

const FILE = "database.json";
const DATABASE = "tidemark";

const Kept = z.object({ url: z.string(), port: z.number(), password: z.string(), dataFolder: z.string() });

export interface EmbeddedPostgres extends PostgresServer {
  /** True when the cluster was made now. */
  fresh: boolean;
}

/**
 * The PostgreSQL that comes with the packages, with its data in the home (as root: under /var/lib/tidemark, since the server refuses
 * to run as root and its user cannot reach a 0700 folder). Port and password are chosen once and kept in `database.json` (0600),
 * where the command line finds them too.
 * @returns the server, with the URL of the database `tidemark`
 */
export async function startEmbeddedPostgres(root: string, home: string, guard: Guard): Promise<EmbeddedPostgres> {
  const runAs = getRunAs();
  const dataFolder = dataFolderOf(home, runAs);
  const text = findKept(home, FILE);
  const kept = text === null ? null : Kept.parse(JSON.parse(text));
  if (!kept) setAside(dataFolder);
  const password = kept?.password ?? randomBytes(24).toString("base64url");
  const fresh = !existsSync(path.join(dataFolder, "PG_VERSION"));
  const common = { binaries: getServerBinaries(root, runAs), runAs, dataFolder, user: "tidemark", password };
  const logFile = path.join(home, "logs/postgres.log");
  await clearPreviousRun(dataFolder);
  const port = await choosePort(kept?.port);
  const plan = { ...common, logFile, port };
  initialise(plan);
  const server = await startServer(plan, guard);
  await createDatabase(server.url, DATABASE);
  const url = withDatabase(server.url, DATABASE);
  keep(home, FILE, `${JSON.stringify({ url, port, password, dataFolder }, null, 2)}\n`);
  return { ...server, url, fresh };
}

/** Removes the cluster of this home, for a fresh start. The server must not be running. */
export function removeEmbeddedPostgres(home: string): void {
  rmSync(dataFolderOf(home, getRunAs()), { recursive: true, force: true });
  rmSync(path.join(home, FILE), { force: true });
}

function dataFolderOf(home: string, runAs: RunAs | null): string {
  if (!runAs) return path.join(home, "postgres");
  const folder = path.join(SHARED_FOLDER, homeKey(home));
  mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o711 });
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  chmodSync(folder, 0o711);
  chownSync(folder, runAs.uid, runAs.gid);
  return path.join(folder, "postgres");
}

/** Data whose password and keys are gone with an earlier home cannot be used, but is not ours to delete. */
function setAside(dataFolder: string): void {
  if (!existsSync(dataFolder)) return;
  const aside = `${dataFolder}.set-aside-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
  renameSync(dataFolder, aside);
  console.log(`A database of an earlier home was found without its password; it is kept at ${aside}.`);
}

/** The kept port, unless something else took it: then another, since everyone finds it in `database.json`. */
async function choosePort(kept: number | undefined): Promise<number> {
  return kept !== undefined && (await isPortFree(kept)) ? kept : findFreePort();
}
