import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, it } from "vitest";
import { getPool, makePool } from "#lib/db/client.ts";
import { takeLeases } from "#lib/db/leases.ts";
import { uuid } from "#lib/db/uuid.ts";
import { useTestDatabase } from "../../tests/database.ts";
import { SamplingLoop, type Sampled } from "./loop.ts";

const database = useTestDatabase();

const INTERVAL = 200;
const OK: Sampled = {
  rows: {},
  outcome: "ok",
  errorCode: null,
  error: null,
  positionsAt: null,
  endsAt: null,
  requests: 1,
};

async function startLoop(sample: (tick: Date) => Promise<Sampled>) {
  const connectionId = uuid();
  const [lease] = await takeLeases(getPool(), [`cluster:${connectionId}`], "one", 60_000, 1);
  const ended: string[] = [];
  const loop = new SamplingLoop({
    connectionId,
    lease: lease!,
    intervalMs: INTERVAL,
    sampler: sample,
    stored: () => Promise.resolve(),
    ended: (why) => ended.push(why),
    close: () => Promise.resolve(),
  });
  return { loop, ended, connectionId };
}

async function attemptsOf(connectionId: string) {
  const { rows } = await getPool().query<{ tick: Date; outcome: string }>(
    "SELECT tick, outcome FROM sample_attempts WHERE connection_id = $1 ORDER BY tick",
    [connectionId],
  );
  return rows;
}

const gaps = (rows: { tick: Date }[]) => rows.slice(1).map((row, i) => row.tick.getTime() - rows[i]!.tick.getTime());

it("a cycle that overruns skips ticks, never overlaps, and each tick left out is stored as missed", async () => {
  let running = 0;
  let most = 0;
  const { loop, connectionId } = await startLoop(async () => {
    most = Math.max(most, ++running);
    await sleep(500);
    running -= 1;
    return OK;
  });
  await sleep(2_500);
  await loop.stop();
  const rows = await attemptsOf(connectionId);
  expect(most).toBe(1);
  expect(new Set(gaps(rows))).toEqual(new Set([INTERVAL]));
  expect(rows.filter((row) => row.outcome === "missed").length).toBeGreaterThanOrEqual(2);
});

it("a database that is away for a while costs no sample and leaves no gap", async () => {
  const { loop, ended, connectionId } = await startLoop(() => Promise.resolve(OK));
  const name = new URL(database.url).pathname.slice(1);
  const server = makePool(inject("databaseServer"), 1);
  await sleep(800);
  await server.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
  await server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
  await sleep(1_500);
  await server.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
  await server.end();
  await sleep(2_500);
  await loop.stop();
  const rows = await attemptsOf(connectionId);
  expect(ended).toEqual([]);
  expect(new Set(gaps(rows))).toEqual(new Set([INTERVAL]));
  expect(rows.at(-1)!.outcome).toBe("ok");
});

it("a stale fence ends the loop and is told once", async () => {
  const { loop, ended, connectionId } = await startLoop(() => Promise.resolve(OK));
  await sleep(500);
  await getPool().query("UPDATE leases SET fence = fence + 1 WHERE resource = $1", [`cluster:${connectionId}`]);
  await sleep(600);
  const before = (await attemptsOf(connectionId)).length;
  await sleep(600);
  expect((await attemptsOf(connectionId)).length).toBe(before);
  expect(ended).toEqual(["lost"]);
  await loop.stop();
});
