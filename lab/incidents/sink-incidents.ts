import { configureSink, pauseSink, resumeSink, sinkCommitIntervalMs, sinkStatus } from "../pieces/connect-client.ts";
import { COMMIT_INTERVAL_MS } from "../pieces/orders-iceberg.ts";
import type { Incident } from "./incident.ts";

const SLOW_MS = 120_000;

/** The connector is paused through Connect's REST API. */
export const pauseConnector: Incident = {
  begin: (lab) => pauseSink(lab.context),
  undo: async (lab) => {
    if ((await sinkStatus(lab.context)).connector.state === "PAUSED") await resumeSink(lab.context);
  },
};

/** The sink commits every two minutes: healthy, but slower than the feed's objective. */
export const slowCommits: Incident = {
  begin: async (lab) => {
    await configureSink(lab.context, SLOW_MS);
    return { commitIntervalMs: SLOW_MS };
  },
  undo: async (lab) => {
    if ((await sinkCommitIntervalMs(lab.context)) !== COMMIT_INTERVAL_MS) await configureSink(lab.context);
  },
};
