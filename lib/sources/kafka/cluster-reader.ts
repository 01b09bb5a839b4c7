import type { ClusterConfig, ConnectionSecret } from "#lib/domain/connections/connection-config.ts";
import type { Answer, SourceError } from "../source-error.ts";
import { ClusterLinks } from "./cluster-links.ts";
import type { Deadline } from "./deadline.ts";
import type { TopicPartition } from "./partition-map.ts";
import { configs, type ConfigResource, type ConfigValue } from "./read-configs.ts";
import {
  committed,
  type Committed,
  describeGroups,
  type GroupDescription,
  type GroupListing,
  type GroupType,
  listGroups,
} from "./read-groups.ts";
import {
  type Isolation,
  type ListedOffset,
  listOffsets,
  logEnds,
  type OffsetSpec,
  type TopicEnds,
} from "./read-offsets.ts";
import { findRecords, type RecordBudget, type RecordsRead } from "./read-records.ts";
import type { RecordQuery } from "./record-search.ts";
import { tail, type TailBudget, type TailPart } from "./read-tail.ts";
import { Routing, type TopicInfo } from "./routing.ts";

/**
 * Everything we read of a Kafka cluster. Each call is batched per broker, keeps what was answered when part of it failed
 * (`Answer` per topic, partition, group), and ends by its deadline. A call throws SourceError only when no broker answers.
 *
 * A steady cycle of `committed` and `logEnds` takes four requests a broker, whatever the number of topics and groups; once a
 * minute one more for metadata.
 */
export interface ClusterReader {
  /** Who we are to the brokers: "User:tidemark". */
  readonly principal: string;
  readonly brokerIds: readonly number[];
  topics(names: readonly string[], deadline: Deadline): Promise<Map<string, Answer<TopicInfo>>>;
  logEnds(topics: readonly string[], deadline: Deadline): Promise<Map<string, Answer<TopicEnds>>>;
  listOffsets(
    partitions: readonly TopicPartition[],
    spec: OffsetSpec,
    isolation: Isolation,
    deadline: Deadline,
  ): Promise<Map<string, Answer<ListedOffset>>>;
  committed(groups: readonly string[], deadline: Deadline): Promise<Map<string, Answer<Committed>>>;
  listGroups(deadline: Deadline): Promise<{ groups: GroupListing[]; errors: SourceError[] }>;
  describeGroups(
    groups: readonly { groupId: string; type: GroupType }[],
    deadline: Deadline,
  ): Promise<Map<string, Answer<GroupDescription>>>;
  configs(resources: readonly ConfigResource[], deadline: Deadline): Promise<Answer<Map<string, ConfigValue>>[]>;
  findRecords(queries: readonly RecordQuery[], budget: RecordBudget): Promise<RecordsRead>;
  tail(
    topic: string,
    from: ReadonlyMap<number, bigint>,
    isolation: Isolation,
    budget: TailBudget,
  ): Promise<Answer<Map<number, Answer<TailPart>>>>;
  /** Requests sent so far, by kind. */
  requestTotals(): Record<string, number>;
  close(): Promise<void>;
}

/**
 * Opens nothing yet: connections are made when they are needed and made again when they are lost.
 * @param ceilings newest version to use by kind of request, to speak to a new broker as to an old one
 */
export function openCluster(
  config: ClusterConfig,
  secret: ConnectionSecret,
  ceilings: ReadonlyMap<string, number> = new Map(),
): ClusterReader {
  const links = new ClusterLinks(config, secret, ceilings);
  const deps = { links, routing: new Routing(links) };
  return {
    principal: links.principal,
    get brokerIds() {
      return links.brokerIds;
    },
    topics: (names, deadline) => deps.routing.topics(names, deadline),
    logEnds: (topics, deadline) => logEnds(deps, topics, deadline),
    listOffsets: (partitions, spec, isolation, deadline) => listOffsets(deps, partitions, spec, isolation, deadline),
    committed: (groups, deadline) => committed(deps, groups, deadline),
    listGroups: (deadline) => listGroups(deps, deadline),
    describeGroups: (groups, deadline) => describeGroups(deps, groups, deadline),
    configs: (resources, deadline) => configs(deps, resources, deadline),
    findRecords: (queries, budget) => findRecords(deps, queries, budget),
    tail: (topic, from, isolation, budget) => tail(deps, topic, from, isolation, budget),
    requestTotals: () => links.counts.totals(),
    close: () => links.close(),
  };
}
