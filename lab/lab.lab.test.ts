import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { heal, incident, status, up } from "./api.ts";
import { useLab } from "./testing/lab-under-test.ts";
import { waitUntil } from "./wait-until.ts";
import { isAlive } from "./is-alive.ts";

const UP_WITHIN_MS = 120_000;
const MOST_MIB = 3 * 1024;
const lab = useLab();
const { state, truthNow, clientAs } = lab;

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
    const { hops, ageMs } = truthNow();
    expect(hops.enrich.holdMs).toBeLessThan(3_000);
    expect(hops.sink.holdMs).toBeLessThan(3_000);
    expect(ageMs).toBeLessThan(30_000);
  });

  it("refuses an incident it does not know, and tells which there are", async () => {
    await expect(incident("nonsense")).rejects.toThrow(/There are: .*stall-processor/);
  });
});

describe("heal", () => {
  it("may be called when nothing is on", async () => {
    await heal();
    expect((await state()).phase).toBe("up");
  });
});

describe("a supervisor that is killed with -9", () => {
  it("takes everything with it, and the next start is whole", async () => {
    const before = await state();
    const { bootstrap } = lab.connection;
    const pids = before.pieces.flatMap((piece) => piece.pid ?? []);
    process.kill(before.supervisorPid, "SIGKILL");
    const gone = await waitUntil(() => pids.every((pid) => !isAlive(pid)), 10_000, 100);
    expect(gone).toBe(true);
    expect((await status())?.phase).toBe("down");
    const again = await up();
    const after = await state();
    expect(after.pieces.map((piece) => piece.state)).toEqual(after.pieces.map(() => "up"));
    expect(again.bootstrap).toEqual(bootstrap);
    await heal();
  });
});
