import { expect, test } from "vitest";
import { instantTicks, spread, stackRows } from "./age-stack-data.ts";

test("holds of a series are summed; an unmeasured point stays a gap in every series", () => {
  const rows = stackRows(
    {
      from: "2026-11-25T14:00:00Z",
      to: "2026-11-25T14:02:00Z",
      stepSeconds: 60,
      measuredFrom: null,
      unmeasured: [],
      points: [
        { at: "2026-11-25T14:00:00Z", ageSeconds: 9, heldBy: null, holds: { a: 2, b: 3, c: 4 } },
        { at: "2026-11-25T14:01:00Z", ageSeconds: null, heldBy: null, holds: {} },
      ],
    },
    [
      { name: "a", hops: ["a"], colour: 1 },
      { name: "others", hops: ["b", "c"], colour: 2 },
    ],
  );
  expect(rows.map(({ age, parts }) => [age, ...parts])).toEqual([
    [9, 2, 7],
    [null, null, null],
  ]);
});

test("ticks are round instants", () => {
  const from = Date.parse("2026-11-25T13:02:08Z");
  const ticks = instantTicks(from, from + 3_600_000, 6).map((at) => new Date(at).toISOString().slice(11, 16));
  expect(ticks).toEqual(["13:10", "13:20", "13:30", "13:40", "13:50", "14:00"]);
});

test("labels move up, never past the floor, and keep their order", () => {
  expect(spread([100, 102, 40], 15, 101)).toEqual([86, 101, 40]);
  expect(spread([], 15, 101)).toEqual([]);
});
