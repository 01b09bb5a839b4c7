import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Truth, truthAt } from "../truth.ts";
import { LineReader } from "./line-reader.ts";
import { PartitionTruth } from "./partition-truth.ts";
import { StepSeries } from "./step-series.ts";

let home: string;
beforeEach(() => void (home = mkdtempSync(path.join(os.tmpdir(), "lab-truth-"))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("StepSeries", () => {
  it("keeps each value until the next", () => {
    const series = new StepSeries();
    series.set(10, 1);
    series.set(20, 5);
    expect([9, 10, 19, 20, 99].map((at) => series.at(at))).toEqual([null, 1, 1, 5, 5]);
  });
});

describe("LineReader", () => {
  it("gives each line once, also when the file is begun anew", () => {
    const file = path.join(home, "log.jsonl");
    writeFileSync(file, "1\n2\n");
    const reader = new LineReader<number>(file);
    expect([...reader.next()]).toEqual([1, 2]);
    appendFileSync(file, "3\n4");
    expect([...reader.next()]).toEqual([3]);
    appendFileSync(file, "0\n");
    renameSync(file, `${file}.1`);
    writeFileSync(file, "5\n");
    expect([...reader.next()]).toEqual([40, 5]);
    expect([...reader.next()]).toEqual([]);
  });
});

describe("PartitionTruth", () => {
  it("gives a record written twice its first place", () => {
    const partition = new PartitionTruth();
    partition.addEnriched({ acked: 1, p: 0, from: 0, to: 3, out: 0 });
    partition.addEnriched({ acked: 2, p: 0, from: 1, to: 4, out: 3 });
    expect([0, 2, 3, 5, 6].map((out) => partition.toSource(out))).toEqual([0, 2, 3, 3, 4]);
  });

  it("counts the table's rows only as far as none is missing", () => {
    const partition = new PartitionTruth();
    partition.addRows(10, [[0, 5]]);
    partition.addRows(20, [[8, 12]]);
    partition.addRows(30, [[5, 8]]);
    expect([10, 20, 30].map((at) => partition.inTable.at(at))).toEqual([5, 5, 12]);
  });
});

describe("Truth", () => {
  const write = (name: string, lines: unknown[]): void => {
    appendFileSync(path.join(home, "lab", "truth", name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  };

  it("tells where each hop stood and which one held", () => {
    const truth = new Truth(home);
    // Three records a second apart, each 100 ms old; all enriched but the last, two read, one in the table.
    write("source.jsonl", [
      { sent: 1_095, acked: 1_100, p: 0, base: 0, events: [1_000] },
      { sent: 2_095, acked: 2_100, p: 0, base: 1, events: [2_000] },
      { sent: 3_095, acked: 3_100, p: 0, base: 2, events: [3_000] },
    ]);
    write("enrich.jsonl", [{ acked: 2_200, p: 0, from: 0, to: 2, out: 10 }]);
    write("sink-read.jsonl", [{ at: 2_300, p: { 0: [10, 12] } }]);
    write("table.jsonl", [{ at: 3_000, snapshotId: "1", committedAt: 2_990, rows: 1, ranges: { 0: [[0, 1]] } }]);
    truth.refresh();
    const { hops, ageMs, heldBy } = truth.at(3_500);
    expect(hops.source.tidemark).toBe(3_400);
    expect(hops.enrich).toMatchObject({ tidemark: 3_000, waiting: 1, partition: 0, positions: { 0: 2 } });
    expect(hops.sink.tidemark).toBe(3_000);
    expect(hops.table).toMatchObject({ tidemark: 2_000, holdMs: 1_000, waiting: 2, oldestWaiting: 2_000 });
    expect({ ageMs, heldBy }).toEqual({ ageMs: 1_500, heldBy: "table" });
    expect(truthAt(3_500, { home })).toEqual(truth.at(3_500));
  });

  it("says so when it does not reach back", () => {
    expect(() => new Truth(home).at(1)).toThrow(/does not reach back/);
  });
});
