import { writeFileSync } from "node:fs";
import path from "node:path";
import { isHttpUp } from "../is-up.ts";
import { bootstrapOf, brokerIds, type LabContext, saslProperties, toProperties } from "../lab-context.ts";
import type { PieceSpec } from "../supervisor/piece.ts";
import { allJars, classpath, jvmFlags } from "./jvm.ts";
import { log4jFlag } from "./log4j.ts";

export const CONNECT = "connect";

/** One distributed Connect worker with the Iceberg sink as its plugin. */
export function connectSpec(context: LabContext): PieceSpec {
  const { kafka, classes } = context.jars;
  return {
    name: CONNECT,
    program: context.jdk.java,
    args: [
      ...jvmFlags({ heapMb: 320, metaspaceMb: 192, codeCacheMb: 64 }),
      log4jFlag(context),
      "-cp",
      classpath(classes, allJars(kafka)),
      "org.apache.kafka.connect.cli.ConnectDistributed",
      writeWorkerConfig(context),
    ],
    // Secrets of connectors are references to it, so the REST API shows none.
    env: { CONNECT_PASSWORD: context.secrets.passwords.connect },
    isReady: () => isHttpUp(`http://127.0.0.1:${context.ports.connect}/connectors`),
    readyWithinMs: 120_000,
    stopWithinMs: 15_000,
  };
}

function writeWorkerConfig(context: LabContext): string {
  const file = path.join(context.paths.conf, "connect.properties");
  const password = context.secrets.passwords.connect;
  const factor = String(brokerIds(context).length);
  const config = {
    "bootstrap.servers": bootstrapOf(context).join(","),
    ...saslProperties("connect", password),
    ...saslProperties("connect", password, "producer."),
    ...saslProperties("connect", password, "consumer."),
    ...saslProperties("connect", password, "admin."),
    "group.id": "lab-connect",
    "client.id": "lab-connect",
    // A killed worker is missed quickly and its tasks move at once.
    "session.timeout.ms": "10000",
    "heartbeat.interval.ms": "3000",
    "scheduled.rebalance.max.delay.ms": "0",
    "key.converter": "org.apache.kafka.connect.storage.StringConverter",
    "value.converter": "org.apache.kafka.connect.json.JsonConverter",
    "value.converter.schemas.enable": "false",
    "config.storage.topic": "_connect-configs",
    "offset.storage.topic": "_connect-offsets",
    "status.storage.topic": "_connect-status",
    "config.storage.replication.factor": factor,
    "offset.storage.replication.factor": factor,
    "offset.storage.partitions": "3",
    "status.storage.replication.factor": factor,
    "status.storage.partitions": "2",
    "offset.flush.interval.ms": "5000",
    listeners: `HTTP://127.0.0.1:${context.ports.connect}`,
    "rest.advertised.host.name": "127.0.0.1",
    "rest.advertised.port": String(context.ports.connect),
    "plugin.path": path.dirname(context.jars.iceberg),
    "plugin.discovery": "service_load",
    "connector.client.config.override.policy": "All",
    "config.providers": "env",
    "config.providers.env.class": "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
    "config.providers.env.param.allowlist.pattern": "CONNECT_.*",
  };
  writeFileSync(file, toProperties(config), { mode: 0o600 });
  return file;
}
