import { beforeAll, describe, expect, it } from "vitest";
import { systemActor } from "#lib/auth/actor.ts";
import { getPool } from "#lib/db/client.ts";
import { listConnections } from "#lib/db/connections.ts";
import type { TickFacts } from "#lib/domain/freshness/facts.ts";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { SimulatedFeed } from "#lib/domain/freshness/testing/simulated-feed.ts";
import { applyConnections } from "#lib/services/connections/apply-connections.ts";
import { applyContract } from "#lib/services/contracts/apply-contract.ts";
import { useTestDatabase } from "../../tests/database.ts";
import { evaluateFeeds } from "./evaluate.ts";

useTestDatabase();

const INTERVAL = 10_000;
const START = Math.floor(Date.now() / INTERVAL) * INTERVAL - 600_000;
const actor = systemActor("test");

const CONNECTIONS = `
clusters: [{ name: c, bootstrap: ["127.0.0.1:9092"] }]
connects: [{ name: k, url: "http://127.0.0.1:8083", cluster: c }]
catalogs: [{ name: l, kind: iceberg-rest, uri: "http://127.0.0.1:8181" }]
`;
const CONTRACT = `
apiVersion: tidemark/v1
kind: FeedContract
metadata: { slug: sim, name: Simulated, domain: test, tier: internal }
pattern: connect-to-lakehouse
sources: { cluster: c, topics: [{ name: in, eventTime: { in: record } }] }
lateness: { objective: 1m, target: 99%, window: 30d, tolerated: 30s, burn: default }
path:
  - { hop: enrich, kind: processor, runtime: custom, commits: after-output, group: g, isolation: read_uncommitted, output: { topic: out, carries: source-event-time } }
  - { hop: sink, kind: connector, connect: k, connector: s }
  - { hop: table, kind: table, catalog: l }
target: { kind: iceberg, catalog: l, table: ns.t, ref: main, authoritative: true }
replay: { method: reset-group, needs: { incident: 72h }, repairWithin: 4h, idempotency: none, runbook: "https://example.org" }
owners: { application: "team:a", data: "team:b", platform: "team:c", security: "team:d", sre: "team:e" }
`;

let ids: Record<string, string>;

beforeAll(async () => {
  await applyConnections(actor, CONNECTIONS, () => undefined, new Date(START));
  await applyContract(actor, CONTRACT, new Date(START));
  ids = Object.fromEntries((await listConnections()).map((row) => [row.kind, row.id]));
});

/** Stores what a sampler would have stored of these facts. */
async function store(facts: TickFacts, options: { catalog?: boolean } = {}) {
  const pool = getPool();
  const tick = new Date(facts.tick);
  const attempt = `INSERT INTO sample_attempts (connection_id, tick, outcome, positions_at, ends_at, took_ms, fence, error_code, error)
    VALUES ($1, $2, $3, $2, $2, 1, 1, $4, $5)`;
  const sink = facts.sinks.table;
  const down = !sink?.table.ok;
  await pool.query(attempt, [ids.cluster, tick, "ok", null, null]);
  await pool.query(attempt, [ids.connect, tick, "ok", null, null]);
  if (options.catalog !== false) {
    await pool.query(attempt, [
      ids.catalog,
      tick,
      down ? "failed" : "ok",
      down ? "unreachable" : null,
      down ? "connection refused" : null,
    ]);
  }
  for (const [topic, log] of Object.entries(facts.logs)) {
    if (!log.ok) continue;
    const p = log.value.partitions.map((ends) => ends!);
    await pool.query(
      `INSERT INTO log_samples (cluster_id, tick, topic, topic_id, high_watermarks, last_stable_offsets, log_starts, errors) VALUES ($1,$2,$3,$3,$4,$5,$6,$7)`,
      [
        ids.cluster,
        tick,
        topic,
        p.map((e) => e.highWatermark),
        p.map((e) => e.lastStableOffset),
        p.map((e) => e.logStart),
        p.map(() => 0),
      ],
    );
  }
  const groups = { g: facts.groups.g, "connect-s": facts.groups.s };
  for (const [group, fact] of Object.entries(groups)) {
    if (!fact?.ok) continue;
    for (const [topic, offsets] of Object.entries(fact.value))
      await group_(
        group,
        topic,
        offsets.map((o) => o ?? -1),
      );
  }
  if (sink?.coordinator.ok) await group_("connect-s-coord", "control-iceberg", [sink.coordinator.value[0] ?? -1]);
  async function group_(group: string, topic: string, offsets: number[]) {
    await pool.query(`INSERT INTO group_samples (cluster_id, tick, group_id, topic, offsets) VALUES ($1,$2,$3,$4,$5)`, [
      ids.cluster,
      tick,
      group,
      topic,
      offsets,
    ]);
  }
  for (const p of facts.points) {
    await pool.query(
      `INSERT INTO event_times (cluster_id, topic_id, topic, partition, "offset", spec, tick, found_offset, record_timestamp, event_time)
       VALUES ($1,$2,$2,$3,$4,'record',$5,$6,$7,$8)`,
      [
        ids.cluster,
        p.topic,
        p.partition,
        p.offset,
        tick,
        p.foundOffset,
        new Date(p.eventTime!),
        new Date(p.eventTime!),
      ],
    );
  }
  for (const e of sink?.control ?? []) {
    await pool.query(
      `INSERT INTO control_events (cluster_id, topic, topic_id, partition, "offset", at, type, group_id, commit_id, table_name, rows, assignments, tick)
       VALUES ($1,'control-iceberg','i',$2,$3,$4,$5,'connect-s',$6,$7,$8,$9,$10)`,
      [
        ids.cluster,
        e.partition,
        e.offset,
        new Date(e.at),
        e.type,
        e.commitId,
        e.table && "ns.t",
        e.rows,
        JSON.stringify(e.assignments.map((a) => ({ ...a, offset: a.offset === null ? null : String(a.offset) }))),
        tick,
      ],
    );
  }
  await pool.query(
    `INSERT INTO connector_samples (connect_id, tick, connector, state, tasks, config) VALUES ($1,$2,'s','RUNNING','[{"id":0,"state":"RUNNING"}]',$3)`,
    [ids.connect, tick, JSON.stringify({ "iceberg.control.commit.interval-ms": "10000" })],
  );
  if (down || options.catalog === false || !sink?.table.ok) return;
  const offsets = sink.table.value.snapshotOffsets;
  const snapshot = offsets ? String(offsets[0]) : null;
  if (snapshot) {
    const summary = { "kafka.connect.offsets.control-iceberg.connect-s": JSON.stringify(offsets) };
    await pool.query(
      `INSERT INTO table_snapshots VALUES ($1,'ns.t',$2,NULL,'append',$3,$3,$4) ON CONFLICT DO NOTHING`,
      [ids.catalog, snapshot, tick, JSON.stringify(summary)],
    );
  }
  await pool.query(
    `INSERT INTO table_samples (catalog_id, tick, table_name, ref, table_uuid, snapshot_id, observed_at) VALUES ($1,$2,'ns.t','main','u',$3,$2)`,
    [ids.catalog, tick, snapshot],
  );
}

const readings = async () =>
  (await getPool().query<{ tick: Date; reading: FeedReading }>("SELECT tick, reading FROM feed_readings ORDER BY tick"))
    .rows;

describe("evaluating stored samples", () => {
  it("follows a feed through a fault and back, once each tick, and seals its minutes", async () => {
    let seed = 1;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const faults = { commitsRefused: [200_000, 330_000] as [number, number] };
    const feed = new SimulatedFeed({
      partitions: 2,
      rate: 4,
      processorCommitMs: 5_000,
      roundMs: 10_000,
      jitterMs: 200,
      samplingMs: INTERVAL,
      start: START,
      faults,
      random,
    });
    const deps = { samplingMs: INTERVAL };
    while (feed.t < 540_000) {
      feed.run(INTERVAL);
      await store(feed.facts());
      await evaluateFeeds(deps, new Date(feed.now + 1_000));
      if (feed.t % 50_000 === 0) await evaluateFeeds(deps, new Date(feed.now + 1_500));
    }
    const rows = await readings();
    expect(rows.length).toBe(54);
    const at = (from: number, to: number) =>
      rows.filter((r) => r.tick.getTime() >= START + from && r.tick.getTime() < START + to);
    for (const { reading } of at(90_000, 200_000)) expect(reading).toMatchObject({ state: "fresh", heldBy: null });
    for (const { reading } of at(230_000, 330_000))
      expect(reading.heldBy).toMatchObject({ hop: "table", owner: "team:b", byCadence: false });
    for (const { reading } of at(280_000, 330_000)) expect(reading.state).toBe("late");
    for (const { reading } of at(400_000, 540_000)) expect(reading).toMatchObject({ state: "fresh", heldBy: null });
    expect(rows.at(-1)?.reading.hops.find((h) => h.hop === "table")?.proof).toBe("exact");
    const minutes = await getPool().query<{ verdict: string }>("SELECT verdict FROM feed_minutes ORDER BY minute");
    expect(minutes.rows.filter((m) => m.verdict === "bad").length).toBeGreaterThanOrEqual(1);
    expect(minutes.rows.filter((m) => m.verdict === "good").length).toBeGreaterThanOrEqual(4);
    const events = await getPool().query<{ kind: string }>("SELECT kind FROM feed_events ORDER BY at, id");
    expect(events.rows.map((e) => e.kind)).toEqual(expect.arrayContaining(["state-late", "held-by", "state-fresh"]));
  });
});
