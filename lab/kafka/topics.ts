import type { Admin } from "kafkajs";

export const ORDERS = "orders";
export const ENRICHED = "orders.enriched";
export const PAYMENTS = "payments";
export const AUDITED = "payments.audited";
export const CONTROL = "control-iceberg";

interface Topic {
  name: string;
  partitions: number;
  configs?: Record<string, string>;
}

const COMPACT = { "cleanup.policy": "compact" };

/** Everything is made beforehand: nobody in the lab may create topics. */
export const TOPICS: Topic[] = [
  { name: ORDERS, partitions: 6 },
  { name: ENRICHED, partitions: 6 },
  { name: PAYMENTS, partitions: 3 },
  { name: AUDITED, partitions: 3 },
  { name: CONTROL, partitions: 1 },
  { name: "_connect-configs", partitions: 1, configs: COMPACT },
  { name: "_connect-offsets", partitions: 3, configs: COMPACT },
  { name: "_connect-status", partitions: 2, configs: COMPACT },
];

/** Makes what is missing; replication factor 3 and two in-sync replicas, or one of each on a single broker. */
export async function createTopics(admin: Admin, brokers: number): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = TOPICS.filter((topic) => !existing.has(topic.name));
  if (missing.length === 0) return;
  await admin.createTopics({
    waitForLeaders: false,
    timeout: 20_000,
    topics: missing.map((topic) => ({
      topic: topic.name,
      numPartitions: topic.partitions,
      replicationFactor: brokers,
      configEntries: Object.entries(topic.configs ?? {}).map(([name, value]) => ({ name, value })),
    })),
  });
}

/** Whether every partition of every topic has a leader and all its replicas in sync. */
export async function areTopicsWhole(admin: Admin, brokers: number): Promise<boolean> {
  const { topics } = await admin.fetchTopicMetadata({ topics: TOPICS.map((topic) => topic.name) });
  return topics.every((topic) =>
    topic.partitions.every((partition) => partition.leader >= 0 && partition.isr.length === brokers),
  );
}
