import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JsonlLog } from "../jsonl-log.ts";
import { ENRICHED } from "../kafka/topics.ts";
import { SINK_GROUP } from "../pieces/orders-iceberg.ts";
import { LineReader } from "../truth/line-reader.ts";
import { listSnapshots, readSnapshotRows, type Snapshot } from "../truth/table-rows.ts";
import { type SinkCommittedLine, type TableCommitLine, type TableLine, TRUTH_FILES } from "../truth/truth-log.ts";
import { clientFor, readContext, readyFile } from "./app-context.ts";

const EVERY_MS = 500;
const COMMITTED_EVERY_MS = 1_000;

/** Writes down what is really in the table, and what the connector has committed, as it happens. */
const context = readContext();
const file = (name: string): string => path.join(context.paths.truth, name);
const table = new JsonlLog(file(TRUTH_FILES.table));
const committed = new JsonlLog(file(TRUTH_FILES.sinkCommitted));
const known = new Set([...new LineReader<TableLine>(file(TRUTH_FILES.table)).next()].map((line) => line.snapshotId));
const commitLog = new LineReader<TableCommitLine>(file(TRUTH_FILES.commits));
/** Commits whose snapshots are not written down yet; null before the first look, which takes all there are. */
let pending: TableCommitLine[] | null = null;
let lastCommitted = "";

writeFileSync(readyFile(context, "truth-recorder"), "");
void watchCommitted();
for (;;) {
  try {
    await followTable();
  } catch (error) {
    console.error(`table: ${String(error)}`);
  }
  await sleep(EVERY_MS);
}

/** After each commit that passed the proxy, the rows of the snapshots that are new. */
async function followTable(): Promise<void> {
  const isFirst = pending === null;
  pending = [...(pending ?? []), ...commitLog.next()];
  if (!isFirst && pending.length === 0) return;
  for (const snapshot of await listSnapshots(context)) {
    if (known.has(snapshot.id)) continue;
    await writeDown(snapshot, pending);
    known.add(snapshot.id);
  }
  pending = [];
}

/** A snapshot is visible once its commit was answered: the first answer after the writer stamped it. */
async function writeDown(snapshot: Snapshot, commits: readonly TableCommitLine[]): Promise<void> {
  const { ranges, rows } = await readSnapshotRows(snapshot);
  const answered = commits.find((commit) => commit.at >= snapshot.committedAt);
  const at = answered?.at ?? snapshot.committedAt;
  const line: TableLine = { at, snapshotId: snapshot.id, committedAt: snapshot.committedAt, rows, ranges };
  table.append(line);
}

async function watchCommitted(): Promise<never> {
  const admin = clientFor(context, "admin", "lab-truth").admin();
  await admin.connect();
  for (;;) {
    try {
      const [topic] = await admin.fetchOffsets({ groupId: SINK_GROUP, topics: [ENRICHED] });
      const positions = Object.fromEntries(
        (topic?.partitions ?? []).filter((at) => at.offset !== "-1").map((at) => [at.partition, Number(at.offset)]),
      );
      const text = JSON.stringify(positions);
      const line: SinkCommittedLine = { at: Date.now(), p: positions };
      if (text !== lastCommitted) committed.append(line);
      lastCommitted = text;
    } catch (error) {
      console.error(`committed: ${String(error)}`);
    }
    await sleep(COMMITTED_EVERY_MS);
  }
}
