import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { heal, incident } from "./api.ts";
import { useLab } from "./testing/lab-under-test.ts";
import type { TruthReading } from "./truth.ts";
import { waitUntil } from "./wait-until.ts";

const lab = useLab();
const { state, truthNow, clientAs } = lab;

async function until(what: string, isTrue: (reading: TruthReading) => boolean | Promise<boolean>, withinMs = 60_000) {
  const came = await waitUntil(() => isTrue(truthNow()), withinMs, 500);
  expect(came, `${what}; last: ${JSON.stringify(truthNow())}`).toBe(true);
}

async function connectorState(): Promise<{ connector: { state: string }; tasks: { state: string }[] }> {
  const response = await fetch(`${lab.connection.connectUrl}/connectors/orders-iceberg/status`);
  return (await response.json()) as { connector: { state: string }; tasks: { state: string }[] };
}

describe("incidents", () => {
  const run = async (name: string, check: (before: TruthReading) => Promise<void>): Promise<void> => {
    const before = truthNow();
    await incident(name);
    expect((await state()).incidents).toEqual([name]);
    await check(before);
    await heal();
    expect((await state()).incidents).toEqual([]);
    await until("all passed after heal", (reading) => reading.ageMs < 30_000, 90_000);
  };

  it("stall-processor: orders wait for the processor", () =>
    run("stall-processor", () => until("enrich holds", ({ hops }) => hops.enrich.holdMs > 8_000)));

  it("pause-connector: orders wait for the connector", () =>
    run("pause-connector", async () => {
      await until("paused", async () => (await connectorState()).connector.state === "PAUSED");
      await until("sink holds", ({ hops }) => hops.sink.holdMs > 8_000);
    }));

  it("kill-connect: its REST API is gone, orders wait", () =>
    run("kill-connect", async () => {
      await expect(connectorState()).rejects.toThrow();
      await until("sink holds", ({ hops }) => hops.sink.holdMs > 8_000);
    }));

  it("refuse-commits: the connector's offsets move on, the table does not", () =>
    run("refuse-commits", async (before) => {
      const moved = ({ sinkCommitted }: TruthReading): boolean => {
        const partitions = Object.keys(before.sinkCommitted).map(Number);
        return partitions.every((p) => (sinkCommitted[p] ?? 0) > (before.sinkCommitted[p] ?? 0));
      };
      await sleep(5_000);
      const table = truthNow().hops.table.positions;
      await until("offsets moved", (reading) => moved(reading) && reading.hops.table.holdMs > 20_000);
      expect(truthNow().hops.table.positions).toEqual(table);
    }));

  it("kill-catalog: connections are refused", () =>
    run("kill-catalog", async () => {
      await expect(fetch(`${lab.connection.catalogUri}/v1/config`)).rejects.toThrow();
      await sleep(5_000);
    }));

  it("slow-commits: the connector commits every two minutes", () =>
    run("slow-commits", () => until("table holds", ({ hops }) => hops.table.holdMs > 25_000)));

  it("kill-broker: two of three serve, and orders still reach the table", async () => {
    await run("kill-broker", async () => {
      const before = truthNow().hops.table.positions;
      const admin = clientAs("admin").admin();
      await admin.connect();
      await until("two brokers", async () => (await admin.describeCluster()).brokers.length === 2);
      await admin.disconnect();
      await until("rows arrive", ({ hops }) => (hops.table.positions[0] ?? 0) > (before[0] ?? 0) + 20);
    });
  });

  it("late-producer: events are five minutes old when they come", () =>
    run("late-producer", () => until("source holds", ({ hops }) => hops.source.holdMs > 8_000)));

  it("hang-transaction: read_committed readers stop in one partition", () =>
    run("hang-transaction", async () => {
      await until("topic holds", ({ hops }) => hops.topic.holdMs > 8_000 && hops.topic.partition === 2);
    }));

  it("stop-producers: nothing waits and nothing comes", () =>
    run("stop-producers", () => until("idle", ({ ageMs, heldBy }) => ageMs === 0 && heldBy === null)));
});
