import type { Jdk } from "./find-jdk.ts";
import type { Jars } from "./jars.ts";
import type { LabPaths } from "./lab-paths.ts";
import type { LabPorts } from "./ports.ts";
import type { LabSecrets, LabUser } from "./secrets.ts";

/** All that describes one lab before anything runs. */
export interface LabContext {
  paths: LabPaths;
  ports: LabPorts;
  secrets: LabSecrets;
  jdk: Jdk;
  jars: Jars;
  /** One broker instead of three. */
  small: boolean;
}

export function brokerIds(context: Pick<LabContext, "small">): number[] {
  return context.small ? [1] : [1, 2, 3];
}

export function bootstrapOf(context: Pick<LabContext, "small" | "ports">): string[] {
  return context.ports.brokers.slice(0, brokerIds(context).length).map((broker) => `127.0.0.1:${broker.client}`);
}

/** A Java client's SASL settings, each key behind `prefix`. `password` may be a reference that a config provider resolves. */
export function saslProperties(user: LabUser, password: string, prefix = ""): Record<string, string> {
  return {
    [`${prefix}security.protocol`]: "SASL_PLAINTEXT",
    [`${prefix}sasl.mechanism`]: "SCRAM-SHA-512",
    [`${prefix}sasl.jaas.config`]: `org.apache.kafka.common.security.scram.ScramLoginModule required username="${user}" password="${password}";`,
  };
}

export function toProperties(entries: Record<string, string>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
