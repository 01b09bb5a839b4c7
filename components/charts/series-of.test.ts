import { expect, test } from "vitest";
import { seriesOf } from "./series-of.ts";

test("each hop of a short path keeps its kind's colour", () => {
  const series = seriesOf([
    { hop: "source", kind: "source", total: 0 },
    { hop: "enrich", kind: "processor", total: 5 },
    { hop: "sink", kind: "connector", total: 5 },
    { hop: "table", kind: "table", total: 5 },
  ]);
  expect(series.map(({ name, colour }) => [name, colour])).toEqual([
    ["enrich", 3],
    ["sink", 4],
    ["table", 1],
  ]);
});

test("a long path tells the three largest apart, and no two share a colour", () => {
  const series = seriesOf(
    ["a", "b", "c", "d", "e", "f"].map((hop, index) => ({
      hop,
      kind: "processor",
      total: index === 1 ? 99 : index + 1,
    })),
  );
  expect(series.map(({ name }) => name)).toEqual(["b", "e", "f", "others"]);
  expect(series.at(-1)?.hops).toEqual(["a", "c", "d"]);
  expect(new Set(series.map(({ colour }) => colour)).size).toBe(4);
});
