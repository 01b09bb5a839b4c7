import { randomInt, randomUUID } from "node:crypto";

/** One order event, as JSON on the topic. */
export interface Order {
  order_id: string;
  customer_id: string;
  email: string;
  amount: number;
  currency: string;
  /** Epoch milliseconds. */
  event_time: number;
}

const PARTITIONS = 6;
const CUSTOMERS = 600;
const CURRENCIES = ["EUR", "USD", "GBP"] as const;
const JITTER_MS = 300;

/** An order that happened up to 0.3 s before `at`. */
export function makeOrder(at: number): Order {
  const customer = randomInt(CUSTOMERS);
  return {
    order_id: randomUUID(),
    customer_id: `c-${customer}`,
    email: `customer${customer}@shop.example`,
    // Never a whole number, so that the table's column is a double from its first row.
    amount: randomInt(1, 500) + randomInt(1, 99) / 100,
    currency: CURRENCIES[customer % CURRENCIES.length] ?? "EUR",
    event_time: at - randomInt(JITTER_MS),
  };
}

/** A customer's orders stay in one partition. */
export function partitionOf(order: Order): number {
  return Number(order.customer_id.slice(2)) % PARTITIONS;
}
