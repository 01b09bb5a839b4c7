import { afterEach, describe, expect, it } from "vitest";
import { getPool } from "#lib/db/client.ts";
import { requireFence, StaleFenceError, takeLeases, type Lease } from "#lib/db/leases.ts";
import { writeCycle, type Attempt } from "#lib/db/samples/cycle.ts";
import { sqlTransaction } from "#lib/db/transaction.ts";
import { uuid } from "#lib/db/uuid.ts";
import { useTestDatabase } from "../tests/database.ts";
import { LeaseKeeper, LEASE_TIMES, type LeaseWork } from "./leases.ts";

useTestDatabase();

afterEach(() => getPool().query("DELETE FROM leases"));

class Watched implements LeaseWork {
  running = new Map<string, Lease>();
  names: string[];
  constructor(names: string[]) {
    this.names = names;
  }
  resources = () => Promise.resolve(this.names);
  start(lease: Lease) {
    this.running.set(lease.resource, lease);
  }
  stop(resource: string) {
    this.running.delete(resource);
    return Promise.resolve();
  }
}

const names = ["cluster:a", "cluster:b", "connect:c", "catalog:d"];
const expire = (holder: string) =>
  getPool().query("UPDATE leases SET expires_at = now() - interval '1 s' WHERE holder = $1", [holder]);

describe("leases", () => {
  it("are shared evenly by two workers, and no resource is ever worked on twice", async () => {
    const [one, two] = [new Watched(names), new Watched(names)];
    const [first, second] = [new LeaseKeeper("one", one), new LeaseKeeper("two", two)];
    await first.once();
    expect(one.running.size).toBe(4);
    for (let turn = 0; turn < 6; turn++) {
      await Promise.all([first.once(), second.once()]);
      const both = [...one.running.keys()].filter((name) => two.running.has(name));
      expect(both).toEqual([]);
    }
    expect([one.running.size, two.running.size]).toEqual([2, 2]);
  });

  it("of a dead worker go to the living one after they expire, with a higher fence", async () => {
    const [one, two] = [new Watched(names), new Watched(names)];
    await new LeaseKeeper("one", one).once();
    const survivor = new LeaseKeeper("two", two);
    await survivor.once();
    expect(two.running.size).toBe(0);
    await expire("one");
    await survivor.once();
    expect(two.running.size).toBe(4);
    for (const [name, lease] of two.running) expect(lease.fence).toBeGreaterThan(one.running.get(name)!.fence);
  });

  it("that were lost stop their work at the next renewal", async () => {
    const one = new Watched(names);
    const keeper = new LeaseKeeper("one", one, { ...LEASE_TIMES, renewEveryMs: 0 });
    await keeper.once();
    await expire("one");
    await takeLeases(getPool(), names, "two", 30_000, 4);
    await keeper.once();
    expect(one.running.size).toBe(0);
  });

  it("are given back at a stop, so the next worker need not wait", async () => {
    const [one, two] = [new Watched(names), new Watched(names)];
    const keeper = new LeaseKeeper("one", one);
    await keeper.once();
    await keeper.stop();
    expect(one.running.size).toBe(0);
    await new LeaseKeeper("two", two).once();
    expect(two.running.size).toBe(4);
  });
});

describe("a cycle under a fence", () => {
  const attempt = (connectionId: string, tick: Date): Attempt => ({
    connectionId,
    tick,
    outcome: "ok",
    errorCode: null,
    error: null,
    positionsAt: tick,
    endsAt: tick,
    tookMs: 5,
    requests: 4,
  });
  const rows = {
    cluster: {
      logs: [
        {
          topic: "t",
          topicId: "i",
          highWatermarks: [3n, null],
          lastStableOffsets: [3n, null],
          logStarts: [0n, null],
          errors: [0, 5],
        },
      ],
      groups: [{ groupId: "g", topic: "t", offsets: [2n, -1n], errorCode: 0 }],
      groupStates: [],
      eventTimes: [],
      controlEvents: [],
    },
  };
  const count = async (table: string) =>
    (await getPool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n;

  it("is stored once, whole, however often it is tried", async () => {
    const [lease] = await takeLeases(getPool(), ["cluster:x"], "one", 30_000, 1);
    const id = uuid();
    const tick = new Date(Math.floor(Date.now() / 10_000) * 10_000);
    expect(await writeCycle(lease!, attempt(id, tick), rows)).toBe(true);
    expect(await writeCycle(lease!, attempt(id, tick), rows)).toBe(false);
    expect(await count("sample_attempts")).toBe(1);
    const { rows: stored } = await getPool().query("SELECT high_watermarks, errors FROM log_samples");
    expect(stored).toEqual([{ high_watermarks: [3n, null], errors: [0, 5] }]);
  });

  it("of a stale holder writes nothing at all", async () => {
    const [stale] = await takeLeases(getPool(), ["cluster:y"], "one", 30_000, 1);
    await expire("one");
    const [current] = await takeLeases(getPool(), ["cluster:y"], "two", 30_000, 1);
    const before = await count("sample_attempts");
    await expect(writeCycle(stale!, attempt(uuid(), new Date()), rows)).rejects.toThrow(StaleFenceError);
    expect(await count("sample_attempts")).toBe(before);
    await sqlTransaction((session) => requireFence(session, current!));
  });
});
