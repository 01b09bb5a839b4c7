import type { TaskList } from "graphile-worker";
import { getPool } from "#lib/db/client.ts";
import { dropOldPartitions, makePartitions } from "#lib/db/partitions.ts";
import { dropOldControlEvents } from "#lib/db/samples/keep-control-events.ts";
import { unlockDeadTaskWorkers } from "#lib/db/task-workers.ts";
import { log } from "#lib/log.ts";
import { singleFlight } from "./single-flight.ts";
import { evaluateFeeds } from "./evaluate.ts";

/** A tick is looked at again this soon when some of its samples are still being taken. */
const LOOK_AGAIN_MS = 1_000;

export function taskList(deps: { samplingMs: number; signal: AbortSignal }): TaskList {
  const evaluate = singleFlight(async () => {
    const started = performance.now();
    const summary = await evaluateFeeds(deps, new Date());
    const { waiting, ...counts } = summary;
    log.debug("evaluated", { ...counts, tookMs: Math.round(performance.now() - started) });
    return waiting;
  });
  return {
    evaluate: async (_payload, helpers) => {
      if (deps.signal.aborted) return;
      const waiting = await evaluate();
      if (!waiting) return;
      const runAt = new Date(Date.now() + LOOK_AGAIN_MS);
      await helpers.addJob("evaluate", {}, { jobKey: "evaluate-again", jobKeyMode: "replace", runAt, maxAttempts: 3 });
    },
    "keep-house": async () => {
      const made = await makePartitions(getPool(), new Date());
      const dropped = await dropOldPartitions(getPool(), new Date());
      const events = await dropOldControlEvents(getPool());
      log.info("kept house", { made: made.length, dropped: dropped.length, events });
    },
    "unlock-dead": async () => {
      const dead = await unlockDeadTaskWorkers(getPool());
      if (dead.length > 0) log.warn("jobs of dead workers were freed", { workers: dead.length });
    },
  };
}

/** Cron of graphile-worker, for housekeeping alone: `fill` catches up after an outage. */
export const CRONTAB = ["7 * * * * keep-house ?fill=2h&max=3", "* * * * * unlock-dead ?max=3"].join("\n");
