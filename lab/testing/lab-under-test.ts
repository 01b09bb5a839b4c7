import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll } from "vitest";
import { heal, type LabConnection, status, up } from "../api.ts";
import type { LabState } from "../lab-state.ts";
import { Truth, type TruthReading } from "../truth.ts";

/** Logs and rows of an instant are written by then. */
const SETTLED_MS = 3_000;

export interface LabUnderTest {
  /** Known once the file's `beforeAll` ran. */
  readonly connection: LabConnection;
  state(): Promise<LabState>;
  truthNow(): TruthReading;
  clientAs(user: keyof LabConnection["users"]): Kafka;
}

/** The one lab of this run, healthy, for a test file: healed before and after it. */
export function useLab(): LabUnderTest {
  const known: { lab?: LabConnection; truth?: Truth } = {};
  beforeAll(async () => {
    known.lab = await up();
    await heal();
    known.truth = new Truth(known.lab.home);
  });
  afterAll(() => heal());
  const lab = (): LabConnection => {
    if (!known.lab) throw new Error("The lab is not up yet: ask inside a test");
    return known.lab;
  };
  return {
    get connection() {
      return lab();
    },
    async state() {
      const found = await status();
      if (!found) throw new Error("The lab was never started");
      return found;
    },
    truthNow() {
      known.truth?.refresh();
      return (known.truth as Truth).at(Date.now() - SETTLED_MS);
    },
    clientAs(user) {
      const { username, password } = lab().users[user];
      return new Kafka({
        brokers: lab().bootstrap,
        clientId: "lab-test",
        sasl: { mechanism: "scram-sha-512", username, password },
        logLevel: logLevel.NOTHING,
        retry: { retries: 3 },
      });
    },
  };
}
