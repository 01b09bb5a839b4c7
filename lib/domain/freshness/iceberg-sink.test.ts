import { describe, expect, it } from "vitest";
import type { ControlFact, SinkFact } from "./facts.ts";
import { advanceSink, newSinkState, type SinkState } from "./iceberg-sink.ts";

const start = (offset: number, at = offset): ControlFact => ({
  partition: 0,
  offset,
  at,
  type: "START_COMMIT",
  commitId: `c${offset}`,
  table: null,
  rows: null,
  assignments: [],
});
const written = (offset: number, rows = 5, table = "ns.t"): ControlFact => ({
  partition: 0,
  offset,
  at: offset,
  type: "DATA_WRITTEN",
  commitId: "c",
  table,
  rows,
  assignments: [],
});
const complete = (offset: number, ...offsets: (number | null)[]): ControlFact => ({
  partition: 0,
  offset,
  at: offset,
  type: "DATA_COMPLETE",
  commitId: "c",
  table: null,
  rows: null,
  assignments: offsets.map((o, partition) => ({ topic: "in", partition, offset: o })),
});

function facts(control: ControlFact[], s: number | null, c: number | null, uuid = "u"): SinkFact {
  return {
    tableName: "ns.t",
    control,
    coordinator: { ok: true, value: c === null ? {} : { 0: c } },
    table: { ok: true, value: { snapshotOffsets: s === null ? null : { 0: s }, tableUuid: uuid, snapshotId: "1" } },
  };
}

function run(steps: SinkFact[], committed: Record<string, (number | null)[]> | null = null) {
  let state: SinkState = newSinkState();
  let last = advanceSink(state, steps[0]!, committed, 0);
  for (const step of steps) {
    last = advanceSink(state, step, committed, 1_000);
    state = last.state;
  }
  return last;
}

const positions = (result: ReturnType<typeof run>) =>
  result.positions.ok ? result.positions.value : result.positions.because;

describe("what an Iceberg sink has put into its table", () => {
  it.each([
    ["nothing below the snapshot's offset", facts([start(0), written(2), complete(3, 10, 20)], 2, null), {}],
    ["all announced below it", facts([start(0), written(2), complete(3, 10, 20)], 4, null), { in: { 0: 10, 1: 20 } }],
    [
      "a null moves nothing",
      facts([written(1), complete(2, 10, 20), complete(5, 15, null)], 6, null),
      { in: { 0: 15, 1: 20 } },
    ],
    [
      "the coordinator ahead, no rows between: counts",
      facts([written(1), complete(2, 10, 20), complete(5, null, null)], 3, 6),
      { in: { 0: 10, 1: 20 } },
    ],
    [
      "the coordinator ahead over rows: proves nothing for this table",
      facts([written(1), complete(2, 10), written(4), complete(5, 12)], 3, 6),
      { in: { 0: 10 } },
    ],
    [
      "the coordinator ahead over another table's rows: counts",
      facts([written(1), complete(2, 10), written(4, 5, "ns.other"), complete(5, 12)], 3, 6),
      { in: { 0: 12 } },
    ],
    ["no snapshot yet, the coordinator moved over idle rounds", facts([start(0), complete(1, null)], null, 2), {}],
  ])("%s", (_, fact, expected) => {
    expect(positions(run([fact]))).toEqual(expected);
  });

  it("a late round lands with the next snapshot, whatever its commit id", () => {
    const first = facts([start(0), written(1), complete(2, 10, null), complete(6, null, 20)], 3, 3);
    expect(positions(run([first]))).toEqual({ in: { 0: 10 } });
    expect(positions(run([first, facts([start(8)], 9, 9)]))).toEqual({ in: { 0: 10, 1: 20 } });
  });

  it("at first contact stands where the connector has committed, unless something announced is not in the table", () => {
    const committed = { in: [10, 20, null] };
    expect(positions(run([facts([], 4, 4)], committed))).toEqual({ in: { 0: 10, 1: 20 } });
    expect(positions(run([facts([written(5), complete(6, 10, null)], 4, 4)], committed))).toEqual({ in: { 1: 20 } });
  });

  it("says since when an answered round waits, and forgets it when it is in", () => {
    const stuck = facts([start(0), written(2), complete(3, 10)], null, null);
    expect(run([stuck]).oldestUncommittedAt).toBe(3);
    expect(run([stuck, facts([], 4, 4)]).oldestUncommittedAt).toBeNull();
    expect(run([facts([complete(3, null)], null, null)]).oldestUncommittedAt).toBeNull();
  });

  it("learns how far apart rounds begin", () => {
    const result = run([facts([start(0, 1_000), start(3, 11_000), start(6, 21_500)], null, null)]);
    expect(result.state).toMatchObject({ lastStartAt: 21_500, previousStartAt: 11_000, startGaps: [10_000, 10_500] });
  });

  it("starts over when the table was rolled back or made anew", () => {
    const done = facts([written(1), complete(2, 10)], 3, 3);
    expect(run([done, facts([], 1, 1)]).rewound).toBe(true);
    expect(run([done, facts([], 3, 3, "another")]).rewound).toBe(true);
    expect(run([done, facts([], 1, 3)]).rewound).toBe(false);
  });

  it("keeps what it knows while the table cannot be read", () => {
    const down: SinkFact = {
      ...facts([start(4), written(5), complete(6, 12)], null, null),
      table: { ok: false, because: { code: "unreachable", detail: "down" } },
    };
    const result = run([facts([written(1), complete(2, 10)], 3, 3), down]);
    expect(positions(result)).toEqual({ code: "unreachable", detail: "down" });
    expect(positions(run([facts([written(1), complete(2, 10)], 3, 3), down, facts([], 7, 7)]))).toEqual({
      in: { 0: 12 },
    });
  });
});
