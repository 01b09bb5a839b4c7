import { getPool } from "#lib/db/client.ts";
import { listConnectorConfigs } from "#lib/db/samples/connect-rows.ts";
import type { ClusterInterest } from "../interests.ts";

/** An Iceberg sink as its connector's configuration says; what it leaves out has the connector's own defaults. */
export interface KnownSink {
  controlTopic: string;
  group: string;
}

// org.apache.iceberg.connect.IcebergSinkConfig
const CONTROL_TOPIC = "iceberg.control.topic";
const DEFAULT_CONTROL_TOPIC = "control-iceberg";
const GROUP = "iceberg.connect.group-id";

/** The sinks of a cluster. One whose connector was never seen is taken to have the defaults. */
export async function knownSinks(interest: ClusterInterest): Promise<KnownSink[]> {
  const configs = await listConnectorConfigs(getPool(), interest.sinks);
  return interest.sinks.map(({ connect, connector, group }) => {
    const config = configs.find((one) => one.connect === connect && one.connector === connector)?.config ?? {};
    return { controlTopic: config[CONTROL_TOPIC] ?? DEFAULT_CONTROL_TOPIC, group: config[GROUP] ?? group };
  });
}
