import { writeFileSync } from "node:fs";
import path from "node:path";
import type { KafkaMessage } from "kafkajs";
import { JsonlLog } from "../jsonl-log.ts";
import { ENRICHED, ORDERS } from "../kafka/topics.ts";
import { type EnrichCommitLine, type EnrichLine, TRUTH_FILES } from "../truth/truth-log.ts";
import { producerOf } from "../kafka/client.ts";
import { clientFor, endUnlessRestarted, readContext, readyFile } from "./app-context.ts";
import type { Order } from "./order.ts";

const GROUP = "orders-enricher";
const COMMIT_EVERY_MS = 5_000;
const SEGMENTS = ["new", "returning", "loyal"];

/** Reads orders, adds to them, writes them on: at least once, positions committed every five seconds, as consumers do by default. */
const context = readContext();
const kafka = clientFor(context, "orders-enricher", GROUP);
const producer = producerOf(kafka);
const consumer = kafka.consumer({
  groupId: GROUP,
  sessionTimeout: 10_000,
  heartbeatInterval: 2_000,
  maxWaitTimeInMs: 500,
});
const truth = new JsonlLog(path.join(context.paths.truth, TRUTH_FILES.enrich));
const commits = new JsonlLog(path.join(context.paths.truth, TRUTH_FILES.enrichCommits));
const passed = new Map<number, number>();

await producer.connect();
await consumer.connect();
await consumer.subscribe({ topic: ORDERS, fromBeginning: true });
consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
  const mine = new Set(payload.memberAssignment[ORDERS] ?? []);
  for (const partition of passed.keys()) if (!mine.has(partition)) passed.delete(partition);
  writeFileSync(readyFile(context, GROUP), "");
});
consumer.on(consumer.events.CRASH, ({ payload }) => endUnlessRestarted(payload));
setInterval(() => void commitPassed(), COMMIT_EVERY_MS);

await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 3,
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch, resolveOffset, heartbeat, isRunning, isStale }) => {
    const last = batch.messages.at(-1);
    if (!last || !isRunning() || isStale()) return;
    await writeOn(batch.partition, batch.messages);
    resolveOffset(last.offset);
    passed.set(batch.partition, Number(last.offset) + 1);
    await heartbeat();
  },
});

async function writeOn(partition: number, messages: KafkaMessage[]): Promise<void> {
  const [metadata] = await producer.send({
    topic: ENRICHED,
    acks: -1,
    messages: messages.map((message) => {
      const order = JSON.parse(String(message.value)) as Order;
      return {
        partition,
        key: message.key,
        value: JSON.stringify(enrich(order, partition, Number(message.offset))),
        timestamp: String(order.event_time),
        headers: { "event-time": String(order.event_time) },
      };
    }),
  });
  const offsets = messages.map((message) => Number(message.offset));
  const from = offsets[0] ?? 0;
  const to = (offsets.at(-1) ?? 0) + 1;
  const isRow = to - from === offsets.length;
  const out = Number(metadata?.baseOffset ?? -1);
  const line: EnrichLine = { acked: Date.now(), p: partition, from, to, out, ...(isRow ? {} : { offsets }) };
  truth.append(line);
}

function enrich(order: Order, sourcePartition: number, sourceOffset: number): Record<string, unknown> {
  return {
    ...order,
    segment: SEGMENTS[Number(order.customer_id.slice(2)) % SEGMENTS.length],
    enriched_at: Date.now(),
    source_partition: sourcePartition,
    source_offset: sourceOffset,
  };
}

async function commitPassed(): Promise<void> {
  const positions = [...passed].map(([partition, offset]) => ({ topic: ORDERS, partition, offset: String(offset) }));
  if (positions.length === 0) return;
  try {
    await consumer.commitOffsets(positions);
    const line: EnrichCommitLine = {
      at: Date.now(),
      p: Object.fromEntries(positions.map((at) => [at.partition, Number(at.offset)])),
    };
    commits.append(line);
  } catch (error) {
    // A rebalance: whoever owns the partitions next starts from the last commit.
    console.error(`commit: ${String(error)}`);
  }
}
