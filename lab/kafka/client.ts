import { Kafka, logLevel, Partitioners, type Producer, type ProducerConfig } from "kafkajs";
import { bootstrapOf, type LabContext } from "../lab-context.ts";
import type { LabUser } from "../secrets.ts";

/** A kafkajs client of the lab as one of its users. `brokers` are host:port. */
export function kafkaClient(brokers: string[], user: LabUser, password: string, clientId: string): Kafka {
  return new Kafka({
    clientId,
    brokers,
    sasl: { mechanism: "scram-sha-512", username: user, password },
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 200, maxRetryTime: 3_000, retries: 12 },
    logLevel: logLevel.WARN,
  });
}

export function adminClient(context: LabContext, clientId: string): Kafka {
  return kafkaClient(bootstrapOf(context), "admin", context.secrets.passwords.admin, clientId);
}

/** A producer that makes no topics; partitions are chosen by its user, or by key as kafkajs does now. */
export function producerOf(kafka: Kafka, config: ProducerConfig = {}): Producer {
  return kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    ...config,
  });
}
