import { writeJournal } from "../journal.ts";
import { producerOf } from "../kafka/client.ts";
import { ENRICHED } from "../kafka/topics.ts";
import { clientFor, readContext } from "./app-context.ts";
import { HUNG_PARTITION, HUNG_TRANSACTION, hungProducerConfig } from "./hung-transaction.ts";

/** Writes one record in a transaction and never ends it. */
const context = readContext();
const producer = producerOf(clientFor(context, "orders-enricher", "orders-enricher-tx"), hungProducerConfig());
await producer.connect();
const transaction = await producer.transaction();
const [metadata] = await transaction.send({
  topic: ENRICHED,
  acks: -1,
  messages: [{ partition: HUNG_PARTITION, key: "c-0", value: JSON.stringify({ order_id: "never committed" }) }],
});
writeJournal(context.paths.journal, "transaction left open", {
  topic: ENRICHED,
  partition: HUNG_PARTITION,
  offset: Number(metadata?.baseOffset),
  transactionalId: HUNG_TRANSACTION,
});
process.exit(0);
