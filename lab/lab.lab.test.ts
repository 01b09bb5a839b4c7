import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connection, heal, incident, type LabConnection, status, up } from "./api.ts";
import type { LabState } from "./lab-state.ts";
import { Truth, type TruthReading } from "./truth.ts";
import { waitUntil } from "./wait-until.ts";

const UP_WITHIN_MS = 120_000;
const MOST_MIB = 3 * 1024;
/** Logs and rows of an instant are written by then. */
const SETTLED_MS = 3_000;

let lab: LabConnection;
let truth: Truth;

beforeAll(async () => {
  lab = await up();
  await heal();
  truth = new Truth(lab.home);
});
afterAll(() => heal());

async function state(): Promise<LabState> {
  const found = await status();
  if (!found) throw new Error("The lab was never started");
  return found;
}

function truthNow(): TruthReading {
  truth.refresh();
  return truth.at(Date.now() - SETTLED_MS);
}

async function until(what: string, isTrue: (reading: TruthReading) => boolean | Promise<boolean>, withinMs = 60_000) {
  const came = await waitUntil(() => isTrue(truthNow()), withinMs, 500);
  expect(came, `${what}; last: ${JSON.stringify(truthNow())}`).toBe(true);
}

function clientAs(user: keyof LabConnection["users"]): Kafka {
  const { username, password } = lab.users[user];
  return new Kafka({
    brokers: lab.bootstrap,
    clientId: "lab-test",
    sasl: { mechanism: "scram-sha-512", username, password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 3 },
  });
}

async function connectorState(): Promise<{ connector: { state: string }; tasks: { state: string }[] }> {
  const response = await fetch(`${lab.connectUrl}/connectors/orders-iceberg/status`);
  return (await response.json()) as { connector: { state: string }; tasks: { state: string }[] };
}

describe("the lab", () => {
  it("came up in under two minutes, and is found again rather than started twice", async () => {
    const before = await state();
    expect(Date.parse(before.upAt ?? "") - Date.parse(before.startedAt)).toBeLessThan(UP_WITHIN_MS);
    await up();
    expect((await state()).supervisorPid).toBe(before.supervisorPid);
  });

  it("takes less than 3 GiB", async () => {
    const { pieces, supervisorPid } = await state();
    const pids = [supervisorPid, ...pieces.flatMap((piece) => piece.pid ?? [])];
    const rss = execFileSync("ps", ["-o", "rss=", "-p", pids.join(",")], { encoding: "utf8" });
    const kib = rss.trim().split(/\s+/).map(Number);
    expect(kib).toHaveLength(pieces.length + 1);
    expect(kib.reduce((sum, one) => sum + one, 0) / 1024).toBeLessThan(MOST_MIB);
  });

  it("lets tidemark look and not write", async () => {
    const kafka = clientAs("tidemark");
    const admin = kafka.admin();
    await admin.connect();
    const offsets = await admin.fetchOffsets({ groupId: "orders-enricher", topics: ["orders"] });
    expect(offsets[0]?.partitions).toHaveLength(6);
    await expect(admin.createTopics({ topics: [{ topic: "not-allowed" }] })).rejects.toThrow();
    await admin.disconnect();
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const sent = producer.send({ topic: "orders", messages: [{ value: "{}" }] });
    await expect(sent).rejects.toThrow(/Not authorized/i);
    await producer.disconnect();
  });

  it("knows the truth: in health nothing waits long but for the table's next commit", () => {
    truth.refresh();
    const { hops, ageMs } = truthNow();
    expect(hops.enrich.holdMs).toBeLessThan(3_000);
    expect(hops.sink.holdMs).toBeLessThan(3_000);
    expect(ageMs).toBeLessThan(30_000);
  });

  it("refuses an incident it does not know, and tells which there are", async () => {
    await expect(incident("nonsense")).rejects.toThrow(/There are: .*stall-processor/);
  });
});

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
      await expect(fetch(`${lab.catalogUri}/v1/config`)).rejects.toThrow();
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

  it("heal may be called when nothing is on", async () => {
    await heal();
    expect((await state()).phase).toBe("up");
  });
});

describe("a supervisor that is killed with -9", () => {
  it("takes everything with it, and the next start is whole", async () => {
    const before = await state();
    const pids = before.pieces.flatMap((piece) => piece.pid ?? []);
    process.kill(before.supervisorPid, "SIGKILL");
    const gone = await waitUntil(() => pids.every((pid) => !isAlive(pid)), 10_000, 100);
    expect(gone).toBe(true);
    expect((await status())?.phase).toBe("down");
    await up();
    const after = await state();
    expect(after.pieces.map((piece) => piece.state)).toEqual(after.pieces.map(() => "up"));
    expect(connection().bootstrap).toEqual(lab.bootstrap);
    await heal();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
