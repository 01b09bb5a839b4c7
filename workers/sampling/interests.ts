import { listActiveContracts } from "#lib/db/contracts.ts";
import { feedPath } from "#lib/domain/contract/feed-path.ts";
import type { EventTimeSpec } from "#lib/domain/contract/sources-clause.ts";
import { sourceTerms } from "#lib/domain/contract/terms.ts";

/** What the contracts in force need to know of each connection, by connection name. */
export interface Interests {
  clusters: Map<string, ClusterInterest>;
  /** Connect name → connectors. */
  connects: Map<string, Set<string>>;
  /** Catalog name → tables and the refs that are read. */
  catalogs: Map<string, Map<string, Set<string>>>;
}

export interface ClusterInterest {
  topics: Set<string>;
  groups: Set<string>;
  /** Topic → the ways its event time is read. */
  eventTimes: Map<string, EventTimeSpec[]>;
  /** Topic → the registry that holds its schemas. */
  registries: Map<string, string>;
  /** Iceberg sinks: their connector tells the control topic; the group, and that of its coordinator, are read with it. */
  sinks: { connect: string; connector: string; group: string; inputs: string[] }[];
  /** Groups by the topics they read: their positions are where event times are looked up. */
  readers: { group: string; topics: string[] }[];
}

export async function readInterests(): Promise<Interests> {
  const interests: Interests = { clusters: new Map(), connects: new Map(), catalogs: new Map() };
  for (const { contract } of await listActiveContracts()) {
    const path = feedPath(contract);
    const registry = contract.schema?.registry ?? null;
    for (const source of sourceTerms(contract)) {
      const cluster = clusterOf(interests, contract.sources.cluster);
      if (registry !== null && !cluster.registries.has(source.topic)) cluster.registries.set(source.topic, registry);
      addTopic(cluster, source.topic, source.eventTime);
    }
    for (const hop of path) {
      for (const input of hop.inputs) addTopic(clusterOf(interests, input.cluster), input.topic, null);
      if (hop.output)
        addTopic(clusterOf(interests, hop.output.cluster), hop.output.topic, hop.output.carries ?? { in: "record" });
      if (hop.group && hop.cluster)
        addReader(
          clusterOf(interests, hop.cluster),
          hop.group,
          hop.inputs.map((i) => i.topic),
        );
      if (hop.connector)
        put(interests.connects, hop.connector.connect, () => new Set<string>()).add(hop.connector.name);
      if (hop.table) {
        const tables = put(interests.catalogs, hop.table.catalog, () => new Map<string, Set<string>>());
        put(tables, hop.table.table, () => new Set<string>()).add(hop.table.ref);
        const connector = path.find((other) => other.kind === "connector" && hop.after.includes(other.hop));
        if (connector?.connector && connector.group && connector.cluster) {
          const { connect, name } = connector.connector;
          const inputs = connector.inputs.map((i) => i.topic);
          const cluster = clusterOf(interests, connector.cluster);
          cluster.sinks.push({ connect, connector: name, group: connector.group, inputs });
          cluster.groups.add(`${connector.group}-coord`);
        }
      }
    }
  }
  return interests;
}

/** What a cluster that no contract names is asked for. */
export const noInterest = (): ClusterInterest => ({
  topics: new Set(),
  groups: new Set(),
  eventTimes: new Map(),
  registries: new Map(),
  sinks: [],
  readers: [],
});

function clusterOf(interests: Interests, name: string): ClusterInterest {
  return put(interests.clusters, name, noInterest);
}

function addTopic(cluster: ClusterInterest, topic: string, spec: EventTimeSpec | null): void {
  cluster.topics.add(topic);
  if (spec === null) return;
  const specs = put(cluster.eventTimes, topic, () => [] as EventTimeSpec[]);
  if (!specs.some((known) => JSON.stringify(known) === JSON.stringify(spec))) specs.push(spec);
}

function addReader(cluster: ClusterInterest, group: string, topics: string[]): void {
  cluster.groups.add(group);
  cluster.readers.push({ group, topics });
}

function put<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
