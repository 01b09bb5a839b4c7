import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Producer } from "kafkajs";
import { JsonlLog } from "../jsonl-log.ts";
import { ORDERS } from "../kafka/topics.ts";
import { type SourceLine, TRUTH_FILES } from "../truth/truth-log.ts";
import { producerOf } from "../kafka/client.ts";
import { clientFor, readContext, readyFile } from "./app-context.ts";
import { makeOrder, type Order, partitionOf } from "./order.ts";
import { readProducerMode } from "./producer-mode.ts";

const TICK_MS = 250;
const ORDERS_A_TICK = 5;
const MODE_EVERY_MS = 500;

/**
 * Twenty orders a second. Each partition has its own queue, so that one without a leader delays nobody else: its events
 * wait here and arrive late, as they would anywhere.
 */
const context = readContext();
const producer = producerOf(clientFor(context, "orders-app", "orders-app"));
const truth = new JsonlLog(path.join(context.paths.truth, TRUTH_FILES.source));
const queues = new Map<number, Order[]>();
const busy = new Set<number>();
let lateMs = 0;
let modeReadAt = 0;

await producer.connect();
writeFileSync(readyFile(context, "orders-app"), "");
for (let next = Date.now(); ; next += TICK_MS) {
  readMode();
  for (let i = 0; i < ORDERS_A_TICK; i += 1) {
    const order = makeOrder(Date.now() - lateMs);
    const partition = partitionOf(order);
    const queue = queues.get(partition) ?? [];
    queues.set(partition, queue);
    queue.push(order);
  }
  for (const partition of queues.keys()) void drain(partition);
  const waitMs = next + TICK_MS - Date.now();
  if (waitMs > 0) await sleep(waitMs);
  else next = Date.now();
}

function readMode(): void {
  if (Date.now() - modeReadAt < MODE_EVERY_MS) return;
  modeReadAt = Date.now();
  lateMs = readProducerMode(context).lateMs;
}

async function drain(partition: number): Promise<void> {
  if (busy.has(partition)) return;
  busy.add(partition);
  try {
    for (let queue = queues.get(partition) ?? []; queue.length > 0;) {
      const batch = queue.slice(0, 500);
      await send(producer, partition, batch);
      queue.splice(0, batch.length);
    }
  } catch (error) {
    console.error(`orders-${partition}: ${String(error)}`);
  } finally {
    busy.delete(partition);
  }
}

async function send(to: Producer, partition: number, orders: Order[]): Promise<void> {
  const sent = Date.now();
  const [metadata] = await to.send({
    topic: ORDERS,
    acks: -1,
    messages: orders.map((order) => ({
      partition,
      key: order.customer_id,
      value: JSON.stringify(order),
      timestamp: String(order.event_time),
      headers: { "event-time": String(order.event_time) },
    })),
  });
  const base = Number(metadata?.baseOffset ?? -1);
  const line: SourceLine = {
    sent,
    acked: Date.now(),
    p: partition,
    base,
    events: orders.map((order) => order.event_time),
  };
  truth.append(line);
}
