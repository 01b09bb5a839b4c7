import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isPortOpen } from "../is-up.ts";
import { brokerIds, type LabContext, toProperties } from "../lab-context.ts";
import type { BrokerPorts } from "../ports.ts";
import { runCommand } from "../run-command.ts";
import { USERS } from "../secrets.ts";
import type { PieceSpec } from "../supervisor/piece.ts";
import { allJars, classpath, jvmFlags } from "./jvm.ts";
import { log4jFlag } from "./log4j.ts";

const RACKS = ["eu-1a", "eu-1b", "eu-1c"];
const SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";

export function brokerName(id: number): string {
  return `broker-${id}`;
}

/** Writes the brokers' configuration and formats storage that is new. */
export async function prepareBrokers(context: LabContext): Promise<void> {
  const files = brokerIds(context).map((id) => writeBrokerConfig(context, id));
  const isFormatted = brokerIds(context).every((id) =>
    existsSync(path.join(dataFolder(context, id), "meta.properties")),
  );
  if (isFormatted) return;
  const users = USERS.map((user) => `SCRAM-SHA-512=[name=${user},password=${context.secrets.passwords[user]}]`);
  const flags = jvmFlags({ heapMb: 160, metaspaceMb: 128, codeCacheMb: 32 });
  const libs = classpath(context.jars.classes, allJars(context.jars.kafka));
  const args = [
    ...flags,
    log4jFlag(context),
    "-cp",
    libs,
    "FormatBrokers",
    context.secrets.clusterId,
    ...files,
    "--",
    ...users,
  ];
  const format = await runCommand(context.jdk.java, args, 120_000);
  if (format.code !== 0) throw new Error(`The brokers' storage could not be formatted: ${format.out.slice(-2000)}`);
}

export function brokerSpec(context: LabContext, id: number): PieceSpec {
  const flags = jvmFlags({ heapMb: 256, metaspaceMb: 160, codeCacheMb: 48 });
  const libs = classpath(context.jars.classes, allJars(context.jars.kafka));
  return {
    name: brokerName(id),
    program: context.jdk.java,
    args: [...flags, log4jFlag(context), "-cp", libs, "kafka.Kafka", configFile(context, id)],
    isReady: () => isPortOpen(portsOf(context, id).client),
    readyWithinMs: 120_000,
    stopWithinMs: 20_000,
  };
}

function writeBrokerConfig(context: LabContext, id: number): string {
  const file = configFile(context, id);
  mkdirSync(dataFolder(context, id), { recursive: true });
  writeFileSync(
    file,
    toProperties({ ...nodeConfig(context, id), ...securityConfig(context), ...SMALL, ...copies(context) }),
    {
      mode: 0o600,
    },
  );
  return file;
}

function nodeConfig(context: LabContext, id: number): Record<string, string> {
  const ports = portsOf(context, id);
  const voters = brokerIds(context).map((node) => `${node}@127.0.0.1:${portsOf(context, node).controller}`);
  const client = `CLIENT://127.0.0.1:${ports.client}`;
  const internal = `INTERNAL://127.0.0.1:${ports.internal}`;
  return {
    "process.roles": "broker,controller",
    "node.id": String(id),
    "broker.rack": RACKS[id - 1] ?? "eu-1a",
    "controller.quorum.voters": voters.join(","),
    listeners: `${client},${internal},CONTROLLER://127.0.0.1:${ports.controller}`,
    "advertised.listeners": `${client},${internal}`,
    "inter.broker.listener.name": "INTERNAL",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CLIENT:SASL_PLAINTEXT,INTERNAL:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
    "log.dirs": dataFolder(context, id),
    "metric.reporters": "RequestCounts",
    "lab.metrics.port": String(ports.counts),
  };
}

function securityConfig(context: LabContext): Record<string, string> {
  const admin = `username="admin" password="${context.secrets.passwords.admin}"`;
  const plain = "org.apache.kafka.common.security.plain.PlainLoginModule required";
  return {
    "sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
    // The quorum comes up before any SCRAM record can be read, hence PLAIN with one static user there.
    "sasl.mechanism.controller.protocol": "PLAIN",
    "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
    "listener.name.controller.plain.sasl.jaas.config": `${plain} ${admin} user_admin="${context.secrets.passwords.admin}";`,
    "listener.name.internal.scram-sha-512.sasl.jaas.config": `${SCRAM} ${admin};`,
    "listener.name.client.scram-sha-512.sasl.jaas.config": `${SCRAM};`,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:admin",
    "allow.everyone.if.no.acl.found": "false",
  };
}

function copies(context: LabContext): Record<string, string> {
  const factor = String(brokerIds(context).length);
  const inSync = context.small ? "1" : "2";
  return {
    "default.replication.factor": factor,
    "min.insync.replicas": inSync,
    "offsets.topic.replication.factor": factor,
    "transaction.state.log.replication.factor": factor,
    "transaction.state.log.min.isr": inSync,
    "share.coordinator.state.topic.replication.factor": factor,
    "share.coordinator.state.topic.min.isr": inSync,
  };
}

const SMALL: Record<string, string> = {
  "auto.create.topics.enable": "false",
  "num.partitions": "3",
  "offsets.topic.num.partitions": "6",
  "transaction.state.log.num.partitions": "3",
  "share.coordinator.state.topic.num.partitions": "3",
  "group.initial.rebalance.delay.ms": "0",
  "replica.lag.time.max.ms": "10000",
  "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector",
  "broker.session.timeout.ms": "6000",
  "broker.heartbeat.interval.ms": "1500",
  "transaction.abort.timed.out.transaction.cleanup.interval.ms": "2000",
  "log.segment.bytes": "16777216",
  "log.retention.hours": "12",
  "num.network.threads": "2",
  "num.io.threads": "4",
  "background.threads": "2",
  "num.recovery.threads.per.data.dir": "1",
  "group.coordinator.threads": "1",
  "log.cleaner.dedupe.buffer.size": "8388608",
  "log.index.size.max.bytes": "1048576",
};

function portsOf(context: LabContext, id: number): BrokerPorts {
  const ports = context.ports.brokers[id - 1];
  if (!ports) throw new Error(`There is no broker ${id}`);
  return ports;
}

function dataFolder(context: LabContext, id: number): string {
  return path.join(context.paths.data, brokerName(id));
}

function configFile(context: LabContext, id: number): string {
  return path.join(context.paths.conf, `${brokerName(id)}.properties`);
}
