import path from "node:path";
import { systemActor } from "#lib/auth/actor.ts";
import { env, findVariable, getPublicUrl } from "#lib/env.ts";
import { ensureFirstAdminLink } from "#lib/services/users/ensure-first-admin-link.ts";
import { applyConfig } from "./apply-config.ts";
import { buildWeb } from "./build.ts";
import { openHouse, ROOT } from "./house.ts";
import { startWebAndWorkers, untilStopped } from "./serve.ts";
import { stopSignal } from "./stop-signal.ts";

/** `npm start`: database, schema, build when needed, web and a worker; runs until asked to stop. */
export function start(): Promise<number> {
  return run("start");
}

/** `npm run dev`: the same on Next's development server. */
export function dev(): Promise<number> {
  return run("dev");
}

async function run(mode: "start" | "dev"): Promise<number> {
  const stopping = stopSignal(); // from here on a signal ends us in order
  const house = await openHouse(mode);
  try {
    if (mode === "start") await buildWeb(ROOT, path.join(house.home, "logs/build.log"), house.guard);
    if (env.TIDEMARK_CONFIG) await applyConfig(systemActor("start"), env.TIDEMARK_CONFIG, findVariable);
    await startWebAndWorkers(house, mode, "console");
    console.log(`Tidemark is at ${getPublicUrl()}`);
    await sayFirstAdminLink();
    return await untilStopped(house);
  } catch (error) {
    if (stopping.aborted) return 0; // what was under way was stopped, and failed for that reason
    throw error;
  } finally {
    await house.close();
  }
}

/** While nobody has an account, whoever reads this console may make the first one. */
async function sayFirstAdminLink(): Promise<void> {
  const link = await ensureFirstAdminLink(systemActor("start"), new Date());
  if (!link) return;
  console.log(
    `\nNobody has an account yet. Make the first administrator, within a day and once, at:\n\n  ${getPublicUrl()}${link.path}\n`,
  );
}
