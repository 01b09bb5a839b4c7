import path from "node:path";
import { systemActor } from "#lib/auth/actor.ts";
import { env, findVariable, getDatabaseUrl, getPublicUrl } from "#lib/env.ts";
import { applyConfig } from "../apply-config.ts";
import { buildWeb } from "../build.ts";
import { forget, openHome } from "../home.ts";
import { type House, openHouse, refuseTakenPort, ROOT } from "../house.ts";
import { removeEmbeddedPostgres } from "../postgres/embedded-postgres.ts";
import { Refusal } from "../refusal.ts";
import { releaseRunLock, takeRunLock } from "../run-lock.ts";
import { startWebAndWorkers, untilStopped } from "../serve.ts";
import { stopSignal } from "../stop-signal.ts";
import { describeAccounts, putAccounts } from "./accounts.ts";
import { type DemoLab, openLab } from "./lab-for-demo.ts";

/** `npm run demo`: the house with the lab beside it, its feeds applied and one account a role. Step 1, packages, is behind us. */
export async function demo(args: readonly string[]): Promise<number> {
  if (args.includes("--accounts")) return printAccounts();
  const options = { small: args.includes("--small"), reset: args.includes("--reset") };
  const stopping = stopSignal();
  await refuseTakenPort("demo");
  if (options.reset) reset();
  step(2, "database");
  const house = await openHouse("demo");
  let lab: DemoLab | undefined;
  try {
    step(3, "web build");
    await buildWeb(ROOT, path.join(house.home, "logs/build.log"), house.guard);
    step(4, `lab of ${options.small ? "one broker" : "three brokers"}, Connect, catalog, registry and apps`);
    lab = await openLab(house, options);
    step(5, "accounts, connections and feed contracts");
    await applyDemo(house, lab);
    step(6, "web and workers");
    await startWebAndWorkers(house, "start", "file");
    sayReady(house);
    return await untilStopped(house);
  } catch (error) {
    if (stopping.aborted) return 0; // what was under way was stopped, and failed for that reason
    throw error;
  } finally {
    console.log("Stopping…");
    await house.close(() => lab?.close());
  }
}

function step(number: number, what: string): void {
  if (!stopSignal().aborted) console.log(`Step ${number} of 6: ${what}`);
}

async function applyDemo(house: House, { connection }: DemoLab): Promise<void> {
  const actor = systemActor("demo");
  await putAccounts(actor, house.home, house.databaseUrl);
  const find = (name: string) => connection.env[name] ?? findVariable(name);
  const files = [connection.files.tidemark, ...connection.files.feeds];
  for (const file of files) for (const line of await applyConfig(actor, file, find)) console.log(`    ${line}`);
}

function sayReady(house: House): void {
  console.log(`\nTidemark is at ${getPublicUrl()}\n\nSign in as any of:`);
  printAccounts();
  console.log(
    "\nMake something happen, in another terminal: npm run lab -- incident stall-processor, then npm run lab -- heal" +
      `\nLogs are in ${path.join(house.home, "logs")}. Ctrl-C stops everything.\n`,
  );
}

function printAccounts(): number {
  const lines = describeAccounts(env.TIDEMARK_HOME);
  if (!lines) throw new Refusal("The demo has not run here yet: npm run demo");
  console.log(lines.join("\n"));
  return 0;
}

/** Forgets the database and its accounts; the lab forgets itself when it comes up. */
function reset(): void {
  if (env.DATABASE_URL) {
    throw new Refusal(
      `--reset only empties the embedded database. Drop ${new URL(getDatabaseUrl()).pathname.slice(1)} yourself, or run without DATABASE_URL.`,
    );
  }
  const home = openHome(env.TIDEMARK_HOME);
  takeRunLock(home, "demo", getPublicUrl());
  removeEmbeddedPostgres(home);
  forget(home, "demo-accounts.json");
  releaseRunLock(home);
}
