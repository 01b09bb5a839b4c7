import { randomBytes } from "node:crypto";
import { chownSync, mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startGuard } from "../guard.ts";
import { findFreePort } from "./free-port.ts";
import { initialise, startServer } from "./postgres-server.ts";
import { getRunAs } from "./run-as.ts";
import { getServerBinaries, SHARED_FOLDER } from "./server-binaries.ts";

/** The embedded server on a folder that is removed with it: for tests and checks. */
export async function startTemporaryPostgres(
  root = process.cwd(),
): Promise<{ url: string; stop: () => Promise<void> }> {
  const runAs = getRunAs();
  if (runAs) mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o711 });
  const folder = mkdtempSync(path.join(runAs ? SHARED_FOLDER : tmpdir(), "temporary-"));
  if (runAs) chownSync(folder, runAs.uid, runAs.gid);
  const plan = {
    binaries: getServerBinaries(root, runAs),
    runAs,
    dataFolder: path.join(folder, "data"),
    logFile: path.join(folder, "postgres.log"),
    port: await findFreePort(),
    user: "tidemark",
    password: randomBytes(18).toString("base64url"),
    throwaway: true,
  };
  const guard = startGuard();
  guard.removeFolder(folder);
  const finish = () => {
    rmSync(folder, { recursive: true, force: true });
    guard.release();
  };
  try {
    initialise(plan);
    const server = await startServer(plan, guard);
    return { url: server.url, stop: () => server.stop().finally(finish) };
  } catch (error) {
    finish();
    throw error;
  }
}
