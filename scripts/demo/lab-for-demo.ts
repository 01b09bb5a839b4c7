import { down, type LabConnection, status, up } from "../../lab/api.ts";
import type { House } from "../house.ts";
import { stopAsked, stopSignal } from "../stop-signal.ts";

export interface DemoLab {
  connection: LabConnection;
  /** Stops it, if this run started it. */
  close(): Promise<void>;
}

/** The lab: the one that runs already, else started here, and then stopped with us, kill −9 included. */
export async function openLab(house: House, options: { small: boolean; reset: boolean }): Promise<DemoLab> {
  const { home } = house;
  const before = await status({ home });
  const isOurs = before?.phase !== "up" || options.reset;
  const onStep = (text: string) => console.log(`    ${text}`);
  const coming = up({ home, ...options, onStep });
  await Promise.race([coming, stopAsked()]);
  if (stopSignal().aborted) {
    await endSupervisor(home);
    await coming.catch(() => undefined);
  }
  const connection = await coming;
  const state = await status({ home });
  if (isOurs && state) house.guard.watchGroup({ pid: state.supervisorPid });
  return { connection, close: () => (isOurs ? down({ home }) : Promise.resolve()) };
}

async function endSupervisor(home: string): Promise<void> {
  const state = await status({ home });
  if (state?.phase === "starting") process.kill(state.supervisorPid, "SIGTERM");
}
