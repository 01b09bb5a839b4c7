import { afterAll, expect, it } from "vitest";
import { heal, incident } from "../../../lab/api.ts";
import { deadlineIn } from "./deadline.ts";
import { eventually, LabCluster } from "./testing/lab-cluster.ts";

const cluster = new LabCluster();
const single = `${cluster.prefix}-single`;
const GROUPS = ["orders-enricher", "connect-orders-iceberg", "connect-orders-iceberg-coord", "payments-audit"];

afterAll(async () => {
  await heal();
  await cluster.admin().deleteTopics({ topics: [single] });
  await cluster.close();
});

it("a lost broker costs what it alone holds, is found at once, and is forgotten when it is back", async () => {
  // One copy of each partition: what is on the lost broker cannot be read, the rest must be.
  await cluster.admin().createTopics({ topics: [single], partitions: 9, replicas: 1 });
  const reader = cluster.reader("tidemark");
  const look = async () => {
    const started = performance.now();
    const committed = await reader.committed(GROUPS, deadlineIn(8_000));
    const ends = await reader.logEnds(["orders", single], deadlineIn(8_000));
    const errorsOf = (topic: string) => {
      const answer = ends.get(topic);
      return answer?.ok ? answer.value.errors : [];
    };
    return {
      groups: [...committed.values()].filter((one) => one.ok).length,
      orders: errorsOf("orders").filter((error) => error === null).length,
      single: errorsOf(single),
      tookMs: performance.now() - started,
    };
  };
  const before = await eventually(
    look,
    (seen) => seen.single.length === 9 && seen.single.every((error) => error === null),
  );
  expect([before.groups, before.orders]).toEqual([GROUPS.length, 6]);

  const placed = (await reader.topics([single], deadlineIn(8_000))).get(single);
  const leaders = placed?.ok ? placed.value.leaders : [];

  await incident("kill-broker");
  const first = await look();
  expect(first.single).toHaveLength(9);
  expect(first.tookMs).toBeLessThan(6_000);
  const during = await eventually(look, (seen) => seen.groups === GROUPS.length && seen.orders === 6, 60_000);
  expect([during.groups, during.orders]).toEqual([GROUPS.length, 6]);
  const away = during.single.flatMap((error, partition) => (error === null ? [] : [{ error, partition }]));
  const lost = new Set(away.map(({ partition }) => leaders[partition]));
  expect(lost.size).toBe(1);
  expect(away.map(({ partition }) => partition)).toEqual(
    leaders.flatMap((leader, partition) => (lost.has(leader) ? [partition] : [])),
  );
  for (const { error } of away) expect(error).toMatchObject({ retryable: true });

  await heal();
  const after = await eventually(look, (seen) => seen.single.every((error) => error === null), 60_000);
  expect(after.single.every((error) => error === null)).toBe(true);
});
