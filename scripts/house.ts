import path from "node:path";
import { closeDatabase, getPool, useDatabase } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { makePartitions } from "#lib/db/partitions.ts";
import { pingDatabase } from "#lib/db/server.ts";
import { env, getAuthSecret, getKeyEncryptionKey, getPublicUrl } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { type Child, startChild, stopChild } from "./children.ts";
import { type Guard, startGuard } from "./guard.ts";
import { getKeptSecret, openHome } from "./home.ts";
import { inheritedEnv } from "./inherited-env.ts";
import { startEmbeddedPostgres } from "./postgres/embedded-postgres.ts";
import { isPortFree } from "./postgres/free-port.ts";
import { Refusal } from "./refusal.ts";
import { refuseSecondRun, releaseRunLock, takeRunLock } from "./run-lock.ts";

export const ROOT = path.resolve(import.meta.dirname, "..");

/** Everything one run has open: the home, the database, and the processes on it. */
export interface House {
  home: string;
  guard: Guard;
  /** The environment of every process of this installation. */
  childEnv: NodeJS.ProcessEnv;
  databaseUrl: string;
  children: Child[];
  /** Stops the children, newest first, then what `between` stops, then the database. */
  close(between?: () => Promise<void> | undefined): Promise<void>;
}

/** Takes the home, starts the embedded database unless DATABASE_URL names one, and brings its schema up to date. */
export async function openHouse(verb: string): Promise<House> {
  await refuseTakenPort(verb);
  const home = openHome(env.TIDEMARK_HOME);
  takeRunLock(home, verb, getPublicUrl());
  const guard = startGuard();
  const children: Child[] = [];
  let stopDatabase = async () => {};
  const close: House["close"] = async (between) => {
    for (const child of children.toReversed()) await stopChild(child);
    await between?.();
    await closeDatabase();
    await stopDatabase();
    releaseRunLock(home);
    guard.release();
  };
  try {
    const secrets = env.DATABASE_URL ? givenSecrets() : keptSecrets(home);
    let url = env.DATABASE_URL;
    if (!url) {
      const database = await startEmbeddedPostgres(ROOT, home, guard);
      stopDatabase = () => database.stop();
      url = database.url;
    }
    await prepareDatabase(url);
    const childEnv = inheritedEnv({ ...secrets, DATABASE_URL: url, TIDEMARK_HOME: home, NEXTAUTH_URL: getPublicUrl() });
    return { home, guard, childEnv, databaseUrl: url, children, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function refuseTakenPort(verb: string): Promise<void> {
  if (await isPortFree(env.PORT, env.HOST)) return;
  refuseSecondRun(env.TIDEMARK_HOME); // when it is ours, say that instead
  const command = verb === "start" ? "npm start" : `npm run ${verb}`;
  throw new Refusal(`Port ${env.PORT} is taken. Try PORT=${env.PORT + 1} ${command}`);
}

/** Starts one of our processes; its output goes to the console, or to a file of `logs/`. */
export function startInHouse(house: House, name: string, args: readonly string[], output: "console" | "file"): Child {
  const logFile = output === "file" ? path.join(house.home, "logs", `${name}.log`) : undefined;
  const plan = {
    name,
    command: process.execPath,
    args,
    env: house.childEnv,
    ...(logFile === undefined ? {} : { logFile }),
  };
  const child = startChild(plan, house.guard);
  house.children.push(child);
  return child;
}

function givenSecrets(): Record<string, string> {
  try {
    return { TIDEMARK_KEK: getKeyEncryptionKey(), NEXTAUTH_SECRET: getAuthSecret() };
  } catch (error) {
    throw new Refusal(messageOf(error));
  }
}

function keptSecrets(home: string): Record<string, string> {
  return {
    TIDEMARK_KEK: env.TIDEMARK_KEK ?? getKeptSecret(home, "kek"),
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET ?? getKeptSecret(home, "auth-secret"),
  };
}

async function prepareDatabase(url: string): Promise<void> {
  const answer = await pingDatabase(url);
  if (!answer.ok) throw new Refusal(`The database does not answer: ${answer.because}. Check DATABASE_URL.`);
  await migrate(url, path.join(ROOT, "prisma/migrations"));
  await useDatabase(url);
  await makePartitions(getPool(), new Date());
}
