import { clientFor } from "../apps/app-context.ts";
import { HUNG_PARTITION, HUNG_TRANSACTION, hungProducerConfig } from "../apps/hung-transaction.ts";
import { producerOf } from "../kafka/client.ts";
import { ENRICHED } from "../kafka/topics.ts";
import { appArgs } from "../pieces/apps.ts";
import { runCommand } from "../run-command.ts";
import type { Lab } from "../supervisor/lab.ts";
import type { Incident } from "./incident.ts";

/** A transactional writer of `orders.enriched` begins, writes one record and is never heard of again. */
export const hangTransaction: Incident = {
  begin: async (lab) => {
    const writer = await runCommand(process.execPath, appArgs(lab.context, "apps/hung-writer.ts"), 60_000);
    if (writer.code !== 0) throw new Error(`The transaction could not be begun: ${writer.out.slice(-500)}`);
    return { topic: ENRICHED, partition: HUNG_PARTITION, transactionalId: HUNG_TRANSACTION };
  },
  undo: abortHungTransaction,
};

/** A producer that takes over the transactional id ends whatever was left open under it. */
export async function abortHungTransaction(lab: Lab): Promise<void> {
  const producer = producerOf(clientFor(lab.context, "orders-enricher", "orders-enricher-tx"), hungProducerConfig());
  await producer.connect();
  try {
    const transaction = await producer.transaction();
    await transaction.abort();
  } finally {
    await producer.disconnect();
  }
}
