import { env } from "#lib/env.ts";
import type { Child } from "./children.ts";
import { type House, startInHouse } from "./house.ts";
import { Refusal } from "./refusal.ts";
import { stopAsked, stopSignal } from "./stop-signal.ts";

const WEB_DEADLINE_MS = 120_000;

/** Starts the web server and one worker, and waits until the web answers. */
export async function startWebAndWorkers(
  house: House,
  mode: "start" | "dev",
  output: "console" | "file",
): Promise<void> {
  const next = ["node_modules/next/dist/bin/next", mode, "--hostname", env.HOST, "--port", String(env.PORT)];
  startInHouse(house, "workers", ["workers/main.ts"], output);
  const web = startInHouse(house, "web", next, output);
  await untilWebAnswers(web, localUrl());
}

/** Waits until /healthz answers at `url`; throws when the process ends first, or after two minutes. */
export async function untilWebAnswers(web: Child, url: string): Promise<void> {
  let ended: string | null = null;
  void web.ended.then((how) => (ended = how));
  const deadline = Date.now() + WEB_DEADLINE_MS;
  while (ended === null && Date.now() < deadline && !stopSignal().aborted) {
    if (await isUp(url)) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Refusal(
    `The web server did not come up: ${ended ?? "no answer on /healthz within two minutes"}. Its output says why.`,
  );
}

/** Waits until we are asked to stop (code 0) or one of the processes ends by itself (code 1). */
export async function untilStopped(house: House): Promise<number> {
  const ends = house.children.map((child) => child.ended.then((how) => `${child.name} ended: ${how}`));
  const asked = stopAsked().then(() => null);
  const why = await Promise.race([asked, ...ends]);
  if (why !== null) console.error(`${why}. Stopping the rest.`);
  return why === null ? 0 : 1;
}

function localUrl(): string {
  const host = env.HOST === "0.0.0.0" || env.HOST === "::" ? "127.0.0.1" : env.HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${env.PORT}`;
}

async function isUp(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
