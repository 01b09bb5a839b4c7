import { getPool } from "#lib/db/client.ts";
import { listConnections } from "#lib/db/connections.ts";
import { listActiveContracts } from "#lib/db/contracts.ts";
import { listTicks, listTried, loadClusterTick } from "#lib/db/evaluation/load-tick.ts";
import { listStates, listStateTicks } from "#lib/db/evaluation/read-states.ts";
import { TickReader } from "#lib/db/evaluation/tick-reader.ts";
import { writeEvaluations, type Evaluated } from "#lib/db/evaluation/write-evaluations.ts";
import type { EvaluationState } from "#lib/domain/freshness/state.ts";
import { evaluateFeed, newStanding, type Standing } from "./evaluation/evaluate-feed.ts";
import { feedToEvaluate, type ConnectionIds, type FeedToEvaluate } from "./evaluation/feed-to-evaluate.ts";
import { sealMinutes } from "./seal-minutes.ts";

export interface EvaluateSummary {
  feeds: number;
  ticks: number;
  readings: number;
  sealed: number;
  /** Some feed waits for a sample that is still being taken: look again soon. */
  waiting: boolean;
}

/** How long a tick waits for the samples of Connect and the catalogs before it is judged without them. */
const PATIENCE_MS = 4_000;
const MOST_TICKS = 60;
/** A feed that was never evaluated begins at most this far back. */
const FIRST_LOOK_BACK_MS = 15 * 60_000;

/** What this process knows of each feed's evaluation; trusted only while the database says it stands at the same tick. */
const standings = new Map<string, Standing>();

/** Folds every feed forward over the ticks its samples have reached. May run twice, here or elsewhere, without harm. */
export async function evaluateFeeds(
  deps: { samplingMs: number; signal?: AbortSignal },
  now: Date,
): Promise<EvaluateSummary> {
  const ids = await connectionIds();
  const contracts = await listActiveContracts();
  const started = new Map(contracts.map((row) => [row.feedId, row.activatedAt ?? now]));
  const feeds = contracts.flatMap((row) => feedToEvaluate(row, ids) ?? []);
  await refreshStandings(feeds.map((feed) => feed.feedId));
  const summary: EvaluateSummary = { feeds: feeds.length, ticks: 0, readings: 0, sealed: 0, waiting: false };
  for (const clusterId of new Set(feeds.map((feed) => feed.clusterId))) {
    const members = feeds.filter((feed) => feed.clusterId === clusterId);
    await evaluateCluster({ clusterId, members, started, now, deps, summary });
  }
  summary.sealed = (await sealMinutes(now, deps.samplingMs)).sealed;
  return summary;
}

interface ClusterRun {
  clusterId: string;
  members: FeedToEvaluate[];
  started: Map<string, Date>;
  now: Date;
  deps: { samplingMs: number; signal?: AbortSignal };
  summary: EvaluateSummary;
}

async function evaluateCluster(run: ClusterRun): Promise<void> {
  const db = getPool();
  const positions = run.members.map((feed) => startOf(run, feed).getTime());
  const ticks = await listTicks(db, run.clusterId, new Date(Math.min(...positions)), run.now, MOST_TICKS);
  for (const at of ticks) {
    if (run.deps.signal?.aborted) return;
    const due = run.members.filter((feed) => startOf(run, feed) < at);
    const ready = await readyFeeds(run, due, at);
    if (ready.length < due.length) run.summary.waiting = true;
    if (ready.length === 0) return;
    const tick = await loadClusterTick(db, run.clusterId, at);
    if (tick === null) continue;
    const reader = new TickReader(at);
    const done: { evaluated: Evaluated; standing: Standing }[] = [];
    for (const feed of ready) {
      const standing = standings.get(feed.feedId) ?? newStanding();
      done.push(await evaluateFeed(reader, feed, standing, tick, run.deps.samplingMs));
    }
    await store(done, run.summary);
    run.summary.ticks += 1;
  }
}

async function store(done: { evaluated: Evaluated; standing: Standing }[], summary: EvaluateSummary): Promise<void> {
  const stored = await writeEvaluations(done.map((one) => one.evaluated));
  for (const { evaluated, standing } of done) {
    if (stored.has(evaluated.feedId)) standings.set(evaluated.feedId, standing);
    else standings.delete(evaluated.feedId);
  }
  summary.readings += stored.size;
}

function startOf(run: ClusterRun, feed: FeedToEvaluate): Date {
  const known = standings.get(feed.feedId)?.tick;
  if (known) return known;
  const activated = run.started.get(feed.feedId) ?? run.now;
  return new Date(Math.max(activated.getTime(), run.now.getTime() - FIRST_LOOK_BACK_MS));
}

/** Feeds whose other samples of this tick are in, or have been waited for long enough. */
async function readyFeeds(run: ClusterRun, due: FeedToEvaluate[], at: Date): Promise<FeedToEvaluate[]> {
  if (run.now.getTime() - at.getTime() > PATIENCE_MS) return due;
  const needed = [...new Set(due.flatMap((feed) => feed.needs))];
  const tried = needed.length === 0 ? new Set<string>() : await listTried(getPool(), needed, at);
  return due.filter((feed) => feed.needs.every((id) => tried.has(id)));
}

async function refreshStandings(feedIds: string[]): Promise<void> {
  const ticks = await listStateTicks(feedIds);
  for (const id of standings.keys()) if (!ticks.has(id)) standings.delete(id);
  const moved = [...ticks].filter(([id, tick]) => standings.get(id)?.tick?.getTime() !== tick.getTime());
  for (const row of await listStates(moved.map(([id]) => id))) {
    const state = row.state as EvaluationState;
    const known = { tick: row.tick, reading: row.reading, rewound: [] };
    standings.set(
      row.feedId,
      state.shape === 1 ? { ...known, state } : { ...newStanding(), ...known, state: newStanding().state },
    );
  }
}

async function connectionIds(): Promise<ConnectionIds> {
  const rows = await listConnections();
  const idsOf = (kind: string) => new Map(rows.flatMap((row) => (row.kind === kind ? [[row.name, row.id]] : [])));
  return { clusters: idsOf("cluster"), connects: idsOf("connect"), catalogs: idsOf("catalog") };
}
