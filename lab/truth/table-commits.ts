import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import type { LabContext } from "../lab-context.ts";
import { type TableCommitLine, type TableLine, TRUTH_FILES } from "./truth-log.ts";

const TAIL_BYTES = 256 * 1024;

/** Whether the table took a commit after that instant (epoch ms). */
export function hasCommittedSince(context: Pick<LabContext, "paths">, since: number): boolean {
  const last = readTail<TableCommitLine>(context, TRUTH_FILES.commits).at(-1);
  return last !== undefined && last.at > since;
}

/** Whether the table holds rows of each source partition up to these offsets (next offsets of `orders`). */
export function hasTableReached(context: Pick<LabContext, "paths">, ends: ReadonlyMap<number, number>): boolean {
  const reached = new Map<number, number>();
  for (const line of readTail<TableLine>(context, TRUTH_FILES.table)) {
    for (const [partition, ranges] of Object.entries(line.ranges)) {
      const next = Math.max(reached.get(Number(partition)) ?? 0, ...ranges.map((range) => range[1]));
      reached.set(Number(partition), next);
    }
  }
  return [...ends].every(([partition, end]) => (reached.get(partition) ?? 0) >= end);
}

/** The last lines of a truth log: hours of them, for logs that grow with commits. */
function readTail<T>(context: Pick<LabContext, "paths">, name: string): T[] {
  const file = path.join(context.paths.truth, name);
  if (!existsSync(file)) return [];
  const size = statSync(file).size;
  const from = Math.max(0, size - TAIL_BYTES);
  const buffer = Buffer.alloc(size - from);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, buffer, 0, buffer.length, from);
  } finally {
    closeSync(descriptor);
  }
  const lines = buffer.toString("utf8").split("\n").filter(Boolean);
  return lines.slice(from > 0 ? 1 : 0).map((line) => JSON.parse(line) as T);
}
