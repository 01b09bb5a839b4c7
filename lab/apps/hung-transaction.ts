export const HUNG_TRANSACTION = "orders-enricher-tx-0";
export const HUNG_PARTITION = 2;
export const HUNG_TIMEOUT_MS = 600_000;
