import { expect, test } from "vitest";
import { runsOf } from "./runs.ts";

test("neighbours are joined, gaps part them", () => {
  const values = [null, 1, 2, null, null, 3];
  expect(runsOf(values.length, (i) => values[i] !== null)).toEqual([
    { from: 1, to: 2 },
    { from: 5, to: 5 },
  ]);
  expect(runsOf(values.length, (i) => values[i] === null)).toEqual([
    { from: 0, to: 0 },
    { from: 3, to: 4 },
  ]);
  expect(runsOf(0, () => true)).toEqual([]);
});
