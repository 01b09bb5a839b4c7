import type { ProducerConfig } from "kafkajs";

export const HUNG_TRANSACTION = "orders-enricher-tx-0";
export const HUNG_PARTITION = 2;
const TIMEOUT_MS = 600_000;

/** A transactional producer whose transactions the brokers end only after ten minutes. */
export function hungProducerConfig(): ProducerConfig {
  return {
    transactionalId: HUNG_TRANSACTION,
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout: TIMEOUT_MS,
  };
}
