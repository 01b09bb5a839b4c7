import { CATALOG } from "../pieces/catalog.ts";
import type { Incident } from "./incident.ts";

const SLOW_MS = 2_000;

/** Commits are answered with 503; reads pass. */
export const refuseCommits: Incident = {
  begin: async (lab) => {
    lab.proxy.refusesCommits = true;
  },
  undo: async (lab) => {
    lab.proxy.refusesCommits = false;
  },
};

/** Every answer of the catalog takes two seconds longer. */
export const slowCatalog: Incident = {
  begin: async (lab) => {
    lab.proxy.delayMs = SLOW_MS;
    return { delayMs: SLOW_MS };
  },
  undo: async (lab) => {
    lab.proxy.delayMs = 0;
  },
};

/** The catalog is gone: kill -9, and its address refuses connections. */
export const killCatalog: Incident = {
  begin: async (lab) => {
    lab.proxy.close();
    await lab.piece(CATALOG).kill();
  },
  undo: async (lab) => {
    await lab.piece(CATALOG).start();
    await lab.proxy.open();
  },
};
