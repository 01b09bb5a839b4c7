import { Kafka } from "kafkajs";

export const seen = Kafka;
