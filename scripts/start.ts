import path from "node:path";
import { getPublicUrl } from "#lib/env.ts";
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
    await startWebAndWorkers(house, mode, "console");
    console.log(`Tidemark is at ${getPublicUrl()}`);
    return await untilStopped(house);
  } catch (error) {
    if (stopping.aborted) return 0; // what was under way was stopped, and failed for that reason
    throw error;
  } finally {
    await house.close();
  }
}
