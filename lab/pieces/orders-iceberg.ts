import path from "node:path";
import { CONTROL, ENRICHED } from "../kafka/topics.ts";
import { bootstrapOf, type LabContext, saslProperties } from "../lab-context.ts";
import { TRUTH_FILES } from "../truth/truth-log.ts";

export const CONNECTOR = "orders-iceberg";
export const SINK_GROUP = `connect-${CONNECTOR}`;
export const TABLE = { namespace: "analytics", name: "orders" } as const;
/** How often the sink commits to the table. */
export const COMMIT_INTERVAL_MS = 10_000;

/** The connector's configuration: `orders.enriched` → `analytics.orders`. */
export function sinkConfig(context: LabContext, commitIntervalMs: number = COMMIT_INTERVAL_MS): Record<string, string> {
  const password = "${env:CONNECT_PASSWORD}";
  return {
    "connector.class": "org.apache.iceberg.connect.IcebergSinkConnector",
    "tasks.max": "2",
    topics: ENRICHED,
    // Adds _kafka_metadata_topic, _partition, _offset and _timestamp as columns.
    transforms: "position",
    "transforms.position.type": "org.apache.iceberg.connect.transforms.KafkaMetadataTransform",
    "iceberg.tables": `${TABLE.namespace}.${TABLE.name}`,
    "iceberg.tables.auto-create-enabled": "true",
    "iceberg.tables.evolve-schema-enabled": "true",
    "iceberg.tables.auto-create-props.write.metadata.delete-after-commit.enabled": "true",
    "iceberg.tables.auto-create-props.write.metadata.previous-versions-max": "20",
    "iceberg.control.topic": CONTROL,
    "iceberg.control.commit.interval-ms": String(commitIntervalMs),
    "iceberg.control.commit.timeout-ms": "15000",
    "iceberg.control.commit.threads": "1",
    "iceberg.catalog": "lake",
    "iceberg.catalog.type": "rest",
    "iceberg.catalog.uri": `http://127.0.0.1:${context.ports.catalog}`,
    "iceberg.catalog.warehouse": `file://${context.paths.warehouse}`,
    "iceberg.catalog.io-impl": "org.apache.iceberg.hadoop.HadoopFileIO",
    // Fail soon and let the next round try again, instead of half a minute of retries inside one.
    "iceberg.catalog.rest.client.max-retries": "1",
    "iceberg.kafka.bootstrap.servers": bootstrapOf(context).join(","),
    ...saslProperties("connect", password, "iceberg.kafka."),
    // A killed task's open transaction hides the control topic's end no longer than this.
    "iceberg.kafka.transaction.timeout.ms": "10000",
    ...consumerOverrides(context),
  };
}

function consumerOverrides(context: LabContext): Record<string, string> {
  const overrides = {
    "isolation.level": "read_committed",
    "auto.offset.reset": "earliest",
    "session.timeout.ms": "10000",
    "heartbeat.interval.ms": "3000",
    "interceptor.classes": "ReadLog",
    "lab.read.log": path.join(context.paths.truth, TRUTH_FILES.sinkRead),
  };
  return Object.fromEntries(Object.entries(overrides).map(([key, value]) => [`consumer.override.${key}`, value]));
}
