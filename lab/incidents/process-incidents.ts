import { setTimeout as sleep } from "node:timers/promises";
import { readProducerMode, writeProducerMode } from "../apps/producer-mode.ts";
import { brokerIds } from "../lab-context.ts";
import { brokerName } from "../pieces/brokers.ts";
import { CONNECT } from "../pieces/connect.ts";
import type { Lab } from "../supervisor/lab.ts";
import type { Incident } from "./incident.ts";

const LATE_MS = 300_000;
const MODE_SEEN_WITHIN_MS = 1_000;
const KILLED_BROKER = 2;

/** The processor's process stops in the middle of whatever it did, as a long pause or a lock would make it. */
export const stallProcessor: Incident = {
  begin: async (lab) => lab.piece("orders-enricher").freeze(),
  undo: (lab) => lab.piece("orders-enricher").start(),
};

/** kill -9 of the Connect worker. */
export const killConnect: Incident = {
  begin: (lab) => lab.piece(CONNECT).kill(),
  undo: (lab) => lab.piece(CONNECT).start(),
};

/** Orders cease. */
export const stopProducers: Incident = {
  begin: (lab) => lab.piece("orders-app").stop(),
  undo: (lab) => lab.piece("orders-app").start(),
};

/** kill -9 of one broker of three. */
export const killBroker: Incident = {
  begin: async (lab) => {
    if (lab.context.small) throw new Error("A lab of one broker has none to spare: npm run lab -- up");
    await lab.piece(brokerName(KILLED_BROKER)).kill();
    return { broker: KILLED_BROKER };
  },
  undo: startBrokers,
};

/** Every event is five minutes old when it is sent, on all partitions. */
export const lateProducer: Incident = {
  begin: async (lab) => {
    writeProducerMode(lab.context, { lateMs: LATE_MS });
    await sleep(MODE_SEEN_WITHIN_MS);
    return { lateMs: LATE_MS };
  },
  undo: async (lab) => {
    if (readProducerMode(lab.context).lateMs === 0) return;
    writeProducerMode(lab.context, { lateMs: 0 });
    await sleep(MODE_SEEN_WITHIN_MS);
  },
};

async function startBrokers(lab: Lab): Promise<void> {
  await Promise.all(brokerIds(lab.context).map((id) => lab.piece(brokerName(id)).start()));
}
