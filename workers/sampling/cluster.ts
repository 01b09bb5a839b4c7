import { getPool } from "#lib/db/client.ts";
import type { OpenConnection } from "#lib/db/connections.ts";
import { listKnownEventTimes } from "#lib/db/samples/cluster-rows.ts";
import { openCluster } from "#lib/sources/kafka/cluster-reader.ts";
import { ClusterSampling } from "./cluster/cluster-sampling.ts";
import type { Interests } from "./interests.ts";
import type { OpenSampler } from "./sampling-work.ts";

/** Event times read this long ago, ms, are not read again by a worker that takes over. */
const KNOWN_FOR_MS = 3_600_000;
const MOST_KNOWN = 20_000;

/** Samples a Kafka cluster: positions, log ends, control topics and event times of all that contracts name. */
export const clusterSampler = (
  connection: OpenConnection<"cluster">,
  interests: () => Promise<Interests>,
): OpenSampler => {
  const reader = openCluster(connection.config, connection.secret);
  let sampling: Promise<ClusterSampling> | null = null;
  const begin = async () => {
    const since = new Date(Date.now() - KNOWN_FOR_MS);
    const known = await listKnownEventTimes(getPool(), connection.id, since, MOST_KNOWN);
    return new ClusterSampling({ id: connection.id, name: connection.name, reader, interests, known: new Set(known) });
  };
  return {
    sample: async () => {
      sampling ??= begin();
      sampling.catch(() => (sampling = null));
      return (await sampling).sample();
    },
    close: () => reader.close(),
  };
};
