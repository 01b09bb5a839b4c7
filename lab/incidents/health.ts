import type { Admin } from "kafkajs";
import { adminClient } from "../kafka/client.ts";
import { areTopicsWhole, ORDERS } from "../kafka/topics.ts";
import { brokerIds } from "../lab-context.ts";
import { isSinkRunning } from "../pieces/connect-client.ts";
import type { Lab } from "../supervisor/lab.ts";
import { hasTableReached } from "../truth/table-commits.ts";
import { waitUntil } from "../wait-until.ts";

const WITHIN_MS = 150_000;
const GROUPS = ["orders-enricher", "payments-audit"];

/** Waits until replicas are in sync, groups stable, the connector runs and all orders that are there now are in the table; else says what is not so. */
export async function waitUntilHealthy(lab: Lab): Promise<void> {
  const admin = adminClient(lab.context, "lab-health").admin();
  await admin.connect();
  try {
    const deadline = Date.now() + WITHIN_MS;
    for (const [what, isSo] of await checks(lab, admin)) {
      const came = await waitUntil(isSo, Math.max(0, deadline - Date.now()), 500);
      if (!came) throw new Error(`Healed, but ${what} within ${WITHIN_MS / 1000} s`);
    }
  } finally {
    await admin.disconnect();
  }
}

async function checks(lab: Lab, admin: Admin): Promise<[string, () => Promise<boolean>][]> {
  const { context } = lab;
  const ends = new Map<number, number>();
  for (const { partition, high } of await admin.fetchTopicOffsets(ORDERS)) ends.set(partition, Number(high));
  return [
    ["not every replica was in sync", () => areTopicsWhole(admin, brokerIds(context).length)],
    ["not every group was stable", () => areGroupsStable(admin)],
    ["the connector did not run", () => isSinkRunning(context)],
    ["not every order was in the table", () => Promise.resolve(hasTableReached(context, ends))],
  ];
}

async function areGroupsStable(admin: Admin): Promise<boolean> {
  const { groups } = await admin.describeGroups(GROUPS);
  return (
    groups.length === GROUPS.length && groups.every((group) => group.state === "Stable" && group.members.length > 0)
  );
}
