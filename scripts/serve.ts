import { env } from "#lib/env.ts";
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
  let ended: string | null = null;
  void web.ended.then((how) => (ended = how));
  const deadline = Date.now() + WEB_DEADLINE_MS;
  while (ended === null && Date.now() < deadline && !stopSignal().aborted) {
    if (await isUp()) return;
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

async function isUp(): Promise<boolean> {
  const host = env.HOST === "0.0.0.0" || env.HOST === "::" ? "127.0.0.1" : env.HOST;
  const address = host.includes(":") ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${address}:${env.PORT}/healthz`, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
