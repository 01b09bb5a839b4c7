import { createAcls } from "../kafka/acls.ts";
import { adminClient } from "../kafka/client.ts";
import { areTopicsWhole, createTopics } from "../kafka/topics.ts";
import { brokerIds } from "../lab-context.ts";
import { brokerName, brokerSpec, prepareBrokers } from "../pieces/brokers.ts";
import { waitUntil } from "../wait-until.ts";
import type { Lab } from "./lab.ts";

/** From nothing to a whole lab. */
export async function bringUp(lab: Lab): Promise<void> {
  await startBrokers(lab);
}

async function startBrokers(lab: Lab): Promise<void> {
  const ids = brokerIds(lab.context);
  lab.step(`Starting ${ids.length === 1 ? "one broker" : `${ids.length} brokers`}`);
  await prepareBrokers(lab.context);
  for (const id of ids) lab.add(brokerSpec(lab.context, id));
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
