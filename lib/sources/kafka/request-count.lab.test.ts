import { afterAll, beforeAll, expect, it } from "vitest";
import { deadlineIn } from "./deadline.ts";
import { eventually, LabCluster } from "./testing/lab-cluster.ts";

const MANY = 300;
const CYCLES = 5;
const cluster = new LabCluster();
const topics = Array.from({ length: MANY }, (_, index) => `${cluster.prefix}-${index}`);
const groups = topics.map((topic) => `${topic}-group`);
const reader = cluster.reader("tidemark");

beforeAll(async () => {
  await cluster.admin().createTopics({ topics, partitions: 1, replicas: 1 });
  await cluster.commit(groups.map((groupId, index) => ({ groupId, topic: topics[index] ?? "" })));
});

afterAll(async () => {
  const admin = cluster.admin();
  await admin.deleteTopics({ topics });
  await admin.deleteGroups({ groups });
  await cluster.close();
});

async function cycle() {
  const deadline = deadlineIn(8_000);
  const committed = await reader.committed(groups, deadline);
  const ends = await reader.logEnds(topics, deadline);
  const isWhole =
    [...committed.values()].every((one) => one.ok && one.value.size === 1) &&
    [...ends.values()].every((one) => one.ok && one.value.errors[0] === null);
  return { isWhole, committed: committed.size, ends: ends.size };
}

/** Our versions are not those of the lab's other clients (kafkajs is older, Java newer), so the brokers' counts are ours. */
const OURS = ["ListOffsets 11", "OffsetFetch 9", "Metadata 12"];

it(`a steady cycle over ${MANY} topics and ${MANY} groups takes at most four requests a broker`, async () => {
  await eventually(cycle, ({ isWhole }) => isWhole, 30_000);
  const before = { ours: reader.requestTotals(), theirs: await cluster.served() };
  const cycles = [];
  for (let index = 0; index < CYCLES; index++) cycles.push(await cycle());
  expect(cycles).toEqual(Array.from({ length: CYCLES }, () => ({ isWhole: true, committed: MANY, ends: MANY })));
  const after = { ours: reader.requestTotals(), theirs: await cluster.served() };
  const sent = (kind: string) => (after.ours[kind] ?? 0) - (before.ours[kind] ?? 0);
  const perBroker = CYCLES * cluster.brokers;
  expect(sent("ListOffsets")).toBe(3 * perBroker);
  expect(sent("OffsetFetch")).toBeLessThanOrEqual(perBroker);
  const routing = Object.keys(after.ours).filter((kind) => kind !== "ListOffsets" && kind !== "OffsetFetch");
  expect(routing.reduce((sum, kind) => sum + sent(kind), 0)).toBeLessThanOrEqual(2);
  const served = OURS.map((kind) => (after.theirs.get(kind) ?? 0) - (before.theirs.get(kind) ?? 0));
  expect(served).toEqual([sent("ListOffsets"), sent("OffsetFetch"), sent("Metadata")]);
});
