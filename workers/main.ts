import { hostname } from "node:os";
import { Logger, run, type Runner } from "graphile-worker";
import { closeDatabase, getPool } from "#lib/db/client.ts";
import { makePartitions } from "#lib/db/partitions.ts";
import { announceTaskWorkers } from "#lib/db/task-workers.ts";
import { env, getDatabaseUrl } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { LeaseKeeper } from "./leases.ts";
import { clusterSampler } from "./sampling/cluster.ts";
import { connectSampler } from "./sampling/connect.ts";
import { readInterests } from "./sampling/interests.ts";
import { latest } from "./sampling/latest.ts";
import { SamplingWork } from "./sampling/sampling-work.ts";
import { catalogSampler } from "./sampling/tables.ts";
import { CRONTAB, taskList } from "./tasks/task-list.ts";

/** Contracts are looked at again this often, ms. */
const INTERESTS_MAX_AGE_MS = 5_000;
/** Task workers say that they live this often, ms. */
const HEARTBEAT_MS = 10_000;
/** A drain that takes longer is cut short, ms. */
const DRAIN_MS = 20_000;

const holder = `${hostname()}/${process.pid}/${Math.random().toString(36).slice(2, 8)}`;
const samplingMs = env.TIDEMARK_SAMPLING_INTERVAL_MS;
const stopping = new AbortController();

/** What there is to stop, in the order it was started. */
const started: { keeper?: LeaseKeeper; runner?: Runner; heartbeat?: NodeJS.Timeout } = {};

process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));

await makePartitions(getPool(), new Date());
started.runner = await run({
  connectionString: getDatabaseUrl(),
  taskList: taskList({ samplingMs, signal: stopping.signal }),
  crontab: CRONTAB,
  concurrency: 4,
  pollInterval: 2_000,
  noHandleSignals: true,
  logger: new Logger((scope) => (level, message) => {
    const fields = { task: scope.taskIdentifier, jobId: scope.jobId };
    if (level === "error" || level === "warning") log.warn(message, fields);
    else log.debug(message, fields);
  }),
});
const taskWorkers = new Set<string>();
started.runner.events.on("worker:getJob:start", ({ worker }) => taskWorkers.add(worker.workerId));
started.heartbeat = setInterval(() => {
  announceTaskWorkers(getPool(), [...taskWorkers]).catch((error: Error) =>
    log.warn("no heartbeat of the task workers", { error }),
  );
}, HEARTBEAT_MS);
const work = new SamplingWork({
  intervalMs: samplingMs,
  interests: latest(readInterests, INTERESTS_MAX_AGE_MS),
  make: { cluster: clusterSampler, connect: connectSampler, catalog: catalogSampler },
  stored: async () => {
    await started.runner?.addJob("evaluate", {}, { jobKey: "evaluate", jobKeyMode: "replace", maxAttempts: 3 });
  },
});
started.keeper = new LeaseKeeper(holder, work);
if (!stopping.signal.aborted) started.keeper.run();
log.info("workers are up", { holder, intervalMs: samplingMs });

/** Samplers first, then tasks, then the database: what is begun is finished, and nothing new begins. */
async function stop(signal: string): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  log.info("workers stop", { signal });
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await started.keeper?.stop().catch((error: Error) => log.warn("leases were not given back", { error }));
  clearInterval(started.heartbeat);
  await started.runner?.stop().catch((error: Error) => log.warn("tasks were cut short", { error }));
  await closeDatabase();
  log.info("workers stopped");
  process.exit(0);
}
