import type { Schema } from "avsc";

export const PAYMENT_SCHEMA: Schema = {
  type: "record",
  name: "Payment",
  namespace: "example.shop",
  fields: [
    { name: "payment_id", type: "string" },
    { name: "order_id", type: "string" },
    { name: "amount_cents", type: "long" },
    { name: "event_time", type: { type: "long", logicalType: "timestamp-millis" } },
  ],
};

/** Of `orders`, whose records are plain JSON: the schema is agreed, the wire carries no id. */
export const ORDER_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Order",
  type: "object",
  required: ["order_id", "customer_id", "amount", "currency", "event_time"],
  properties: {
    order_id: { type: "string" },
    customer_id: { type: "string" },
    email: { type: "string" },
    amount: { type: "number" },
    currency: { type: "string" },
    event_time: { type: "integer", description: "Epoch milliseconds" },
  },
};
