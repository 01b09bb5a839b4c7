import { registerSchema, setCompatibility } from "../apps/registry-client.ts";
import { writeProducerMode } from "../apps/producer-mode.ts";
import { ORDER_SCHEMA, PAYMENT_SCHEMA } from "../apps/schemas.ts";
import { writeFeeds } from "../feeds/write-feeds.ts";
import { abortHungTransaction } from "../incidents/hang-transaction.ts";
import { createAcls } from "../kafka/acls.ts";
import { adminClient } from "../kafka/client.ts";
import { areTopicsWhole, createTopics } from "../kafka/topics.ts";
import { brokerIds } from "../lab-context.ts";
import { brokerName, brokerSpec, prepareBrokers } from "../pieces/brokers.ts";
import { APPS, appSpec } from "../pieces/apps.ts";
import { CATALOG, catalogSpec } from "../pieces/catalog.ts";
import { configureSink, isSinkRunning, resumeSink } from "../pieces/connect-client.ts";
import { CONNECT, connectSpec } from "../pieces/connect.ts";
import { REGISTRY, registrySpec } from "../pieces/registry.ts";
import { hasCommittedSince } from "../truth/table-commits.ts";
import { waitUntil } from "../wait-until.ts";
import type { Lab } from "./lab.ts";

const FIRST_ROWS_MS = 90_000;

/** From nothing to a whole lab. */
export async function bringUp(lab: Lab): Promise<void> {
  const { context } = lab;
  for (const id of brokerIds(context)) lab.add(brokerSpec(context, id));
  for (const spec of [catalogSpec(context), registrySpec(context), connectSpec(context)]) lab.add(spec);
  for (const name of APPS) lab.add(appSpec(context, name));
  writeProducerMode(context, { lateMs: 0 });
  await startBrokers(lab);
  lab.step("Starting Connect, the catalog and the registry");
  await lab.proxy.open();
  await abortHungTransaction(lab);
  await Promise.all([lab.piece(CONNECT).start(), lab.piece(CATALOG).start(), startRegistry(lab)]);
  lab.step("Starting the apps and the connector");
  await Promise.all([...APPS.map((name) => lab.piece(name).start()), startSink(lab)]);
  writeFeeds(context);
  lab.step("Waiting for the first rows in the table");
  const since = Date.now();
  const committed = await waitUntil(() => hasCommittedSince(context, since), FIRST_ROWS_MS, 500);
  if (!committed) throw new Error(`No row reached the table within ${FIRST_ROWS_MS / 1000} s`);
}

async function startRegistry(lab: Lab): Promise<void> {
  await lab.piece(REGISTRY).start();
  // In this order, so that a fresh registry gives the same ids each time.
  await registerSchema(lab.context, "orders-value", "JSON", ORDER_SCHEMA);
  await registerSchema(lab.context, "payments-value", "AVRO", PAYMENT_SCHEMA);
  for (const subject of ["orders-value", "payments-value"]) await setCompatibility(lab.context, subject, "BACKWARD");
}

async function startSink(lab: Lab): Promise<void> {
  const { context } = lab;
  let refused: unknown;
  const configured = await waitUntil(
    async () => {
      await configureSink(context).catch((error: unknown) => {
        refused = error;
        throw error;
      });
      return true;
    },
    60_000,
    1_000,
  );
  if (!configured) throw new Error(`Connect did not take the connector: ${String(refused)}`);
  await resumeSink(context);
  const runs = await waitUntil(() => isSinkRunning(context), 60_000, 500);
  if (!runs) throw new Error("The connector's tasks did not run within 60 s");
}

async function startBrokers(lab: Lab): Promise<void> {
  const ids = brokerIds(lab.context);
  lab.step(`Starting ${ids.length === 1 ? "one broker" : `${ids.length} brokers`}`);
  await prepareBrokers(lab.context);
  await Promise.all(ids.map((id) => lab.piece(brokerName(id)).start()));
  lab.step("Making users' permissions and topics");
  await prepareCluster(lab);
}

async function prepareCluster(lab: Lab): Promise<void> {
  const brokers = brokerIds(lab.context).length;
  const admin = adminClient(lab.context, "lab-setup").admin();
  await admin.connect();
  try {
    const joined = await waitUntil(async () => (await admin.describeCluster()).brokers.length === brokers, 60_000, 250);
    if (!joined) throw new Error(`Not all ${brokers} brokers joined the cluster within 60 s`);
    await createAcls(admin);
    await createTopics(admin, brokers);
    const whole = await waitUntil(() => areTopicsWhole(admin, brokers), 60_000, 250);
    if (!whole) throw new Error("The topics' replicas were not in sync within 60 s");
  } finally {
    await admin.disconnect();
  }
}
