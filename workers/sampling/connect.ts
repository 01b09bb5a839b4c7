import type { OpenConnection } from "#lib/db/connections.ts";
import { ConnectReader } from "#lib/sources/connect/read-connectors.ts";
import type { Interests } from "./interests.ts";
import { failedSample } from "./failed-sample.ts";
import type { Sampled } from "./loop.ts";
import type { OpenSampler } from "./sampling-work.ts";

/** Samples the connectors that contracts name, all in one call. One that Connect does not know has no row. */
export const connectSampler = (
  connection: OpenConnection<"connect">,
  interests: () => Promise<Interests>,
): OpenSampler => {
  const reader = new ConnectReader(connection.name, connection.config, connection.secret);
  return {
    sample: async (): Promise<Sampled> => {
      const wanted = (await interests()).connects.get(connection.name) ?? new Set<string>();
      try {
        const connectors = (await reader.connectors()).filter(({ name }) => wanted.has(name));
        const rows = connectors.map(({ name, state, tasks, config }) => ({ connector: name, state, tasks, config }));
        return { ...WHOLE, rows: { connectors: rows } };
      } catch (error) {
        return failedSample(error, 1);
      }
    },
    close: () => Promise.resolve(),
  };
};

const WHOLE = { outcome: "ok", errorCode: null, error: null, positionsAt: null, endsAt: null, requests: 1 } as const;
