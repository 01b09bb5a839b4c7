import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { clientFor, readContext, readyFile } from "./app-context.ts";
import { JsonlLog } from "../jsonl-log.ts";
import { ENRICHED } from "../kafka/topics.ts";
import { SINK_GROUP } from "../pieces/orders-iceberg.ts";
import { listSnapshots, readSnapshotRows } from "../truth/table-rows.ts";
import { type SinkCommittedLine, type TableCommitLine, type TableLine, TRUTH_FILES } from "../truth/truth-log.ts";

const EVERY_MS = 500;
const COMMITTED_EVERY_MS = 1_000;

/** Writes down what is really in the table, and what the connector has committed, as it happens. */
const context = readContext();
const file = (name: string): string => path.join(context.paths.truth, name);
const table = new JsonlLog(file(TRUTH_FILES.table));
const committed = new JsonlLog(file(TRUTH_FILES.sinkCommitted));
const known = new Set(readLines<TableLine>(file(TRUTH_FILES.table)).map((line) => line.snapshotId));
let commitsSeen = -1;
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
  const commits = readLines<TableCommitLine>(file(TRUTH_FILES.commits));
  if (commits.length === commitsSeen) return;
  for (const snapshot of await listSnapshots(context)) {
    if (known.has(snapshot.id)) continue;
    const { ranges, rows } = await readSnapshotRows(snapshot);
    const answered = commits.find((commit) => commit.at >= snapshot.committedAt);
    const line: TableLine = {
      at: answered?.at ?? snapshot.committedAt,
      snapshotId: snapshot.id,
      committedAt: snapshot.committedAt,
      rows,
      ranges,
    };
    table.append(line);
    known.add(snapshot.id);
  }
  commitsSeen = commits.length;
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

function readLines<T>(name: string): T[] {
  if (!existsSync(name)) return [];
  return readFileSync(name, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
