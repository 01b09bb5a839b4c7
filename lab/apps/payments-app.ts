import { randomInt, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import avro from "avsc";
import { AUDITED, PAYMENTS } from "../kafka/topics.ts";
import { producerOf } from "../kafka/client.ts";
import { clientFor, endUnlessRestarted, readContext, readyFile } from "./app-context.ts";
import { fetchSchema, registerSchema } from "./registry-client.ts";
import { PAYMENT_SCHEMA } from "./schemas.ts";

const GROUP = "payments-audit";
const EVERY_MS = 500;

interface Payment {
  payment_id: string;
  order_id: string;
  amount_cents: number;
  event_time: number;
}

/** Two payments a second in Avro (Confluent's wire format), and the group that audits them. */
const context = readContext();
const kafka = clientFor(context, "payments-app", "payments-app");
const producer = producerOf(kafka);
const consumer = kafka.consumer({
  groupId: GROUP,
  sessionTimeout: 10_000,
  heartbeatInterval: 2_000,
  maxWaitTimeInMs: 1_000,
});
const types = new Map<number, avro.Type>();

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topic: PAYMENTS, fromBeginning: true });
consumer.on(consumer.events.CRASH, ({ payload }) => endUnlessRestarted(payload));
void audit();
await pay();

async function pay(): Promise<never> {
  const id = await registerSchema(context, "payments-value", "AVRO", PAYMENT_SCHEMA);
  const type = avro.Type.forSchema(PAYMENT_SCHEMA);
  types.set(id, type);
  writeFileSync(readyFile(context, "payments-app"), "");
  for (;;) {
    const payment: Payment = {
      payment_id: randomUUID(),
      order_id: randomUUID(),
      amount_cents: randomInt(100, 50_000),
      event_time: Date.now(),
    };
    try {
      await producer.send({
        topic: PAYMENTS,
        acks: -1,
        messages: [{ key: payment.payment_id, value: encode(id, type, payment) }],
      });
    } catch (error) {
      console.error(`payments: ${String(error)}`);
    }
    await sleep(EVERY_MS);
  }
}

async function audit(): Promise<void> {
  await consumer.run({
    eachBatch: async ({ batch, heartbeat }) => {
      const messages = await Promise.all(
        batch.messages.map(async (message) => {
          const payment = await decode(message.value);
          return {
            key: message.key,
            value: JSON.stringify({ ...payment, ok: true }),
            timestamp: String(payment.event_time),
          };
        }),
      );
      if (messages.length > 0) await producer.send({ topic: AUDITED, acks: -1, messages });
      await heartbeat();
    },
  });
}

function encode(id: number, type: avro.Type, payment: Payment): Buffer {
  const head = Buffer.alloc(5);
  head.writeInt32BE(id, 1);
  return Buffer.concat([head, type.toBuffer(payment)]);
}

async function decode(value: Buffer | null): Promise<Payment> {
  if (!value || value[0] !== 0) throw new Error("A payment that is not in the registry's wire format");
  const id = value.readInt32BE(1);
  const type = types.get(id) ?? avro.Type.forSchema(JSON.parse(await fetchSchema(context, id)) as avro.Schema);
  types.set(id, type);
  return type.fromBuffer(value.subarray(5)) as Payment;
}
