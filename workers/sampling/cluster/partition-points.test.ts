import { expect, it } from "vitest";
import { PartitionPoints } from "./partition-points.ts";

const ends = (lastStableOffset: bigint, highWatermark = lastStableOffset) => ({ lastStableOffset, highWatermark });
const shown = (points: PartitionPoints, at: ReturnType<typeof ends>) =>
  points.queries(at).map(({ find, offset, isolation }) => `${find} ${offset} ${isolation.replace("read_", "")}`);

it("asks for the last record when the end moved, and once", () => {
  const points = new PartitionPoints("record");
  points.observe(ends(10n));
  expect(shown(points, ends(10n))).toEqual(["before 10 committed"]);
  points.foundRecord({ find: "before", offset: 10n, isolation: "read_committed" }, 9n);
  expect(shown(points, ends(10n))).toEqual([]);
  expect(shown(points, ends(12n))).toEqual(["before 12 committed"]);
});

it("asks nothing of an empty partition", () => {
  const points = new PartitionPoints("record");
  points.observe(ends(0n));
  points.stand(0n);
  expect(shown(points, ends(0n))).toEqual([]);
});

it("waits with a position at the end until a record is there, and reads each once", () => {
  const points = new PartitionPoints("record");
  points.observe(ends(10n));
  points.foundRecord({ find: "before", offset: 10n, isolation: "read_committed" }, 9n);
  points.stand(10n);
  expect(shown(points, ends(10n))).toEqual([]);
  points.observe(ends(15n));
  expect(shown(points, ends(15n))).toContain("at-or-after 10 committed");
  points.foundRecord({ find: "at-or-after", offset: 10n, isolation: "read_committed" }, 10n);
  points.stand(10n);
  expect(shown(points, ends(15n))).toEqual(["before 15 committed"]);
});

it("asks again only when the log has grown beyond what was found empty", () => {
  const points = new PartitionPoints("record");
  const query = { find: "at-or-after", offset: 4n, isolation: "read_committed" } as const;
  points.observe(ends(6n));
  points.foundNone({ find: "before", offset: 6n, isolation: "read_committed" }, 0n);
  points.stand(4n);
  expect(points.foundNone(query, 6n)).toBe(true);
  expect(shown(points, ends(6n))).toEqual([]);
  expect(points.foundNone(query, 6n)).toBe(false);
  expect(shown(points, ends(9n))).toEqual(["before 9 committed", "at-or-after 4 committed"]);
});

it("reads what an open transaction holds back, and once more when it is decided", () => {
  const points = new PartitionPoints("record");
  const open = ends(5n, 9n);
  points.observe(open);
  points.foundRecord({ find: "before", offset: 5n, isolation: "read_committed" }, 4n);
  expect(shown(points, open)).toEqual(["before 9 uncommitted", "at-or-after 5 uncommitted"]);
  points.foundRecord({ find: "before", offset: 9n, isolation: "read_uncommitted" }, 8n);
  points.foundRecord({ find: "at-or-after", offset: 5n, isolation: "read_uncommitted" }, 5n);
  points.observe(open);
  expect(shown(points, open)).toEqual([]);
  points.observe(ends(10n));
  expect(shown(points, ends(10n))).toEqual(["before 10 committed", "at-or-after 5 committed"]);
});

it("forgets a log that was cut back, since its offsets hold other records now", () => {
  const points = new PartitionPoints("record");
  points.observe(ends(10n));
  points.stand(3n);
  points.foundRecord({ find: "at-or-after", offset: 3n, isolation: "read_committed" }, 3n);
  points.observe(ends(5n));
  points.stand(3n);
  expect(shown(points, ends(5n))).toEqual(["before 5 committed", "at-or-after 3 committed"]);
});

it("does not read what an earlier process has read, and is bounded", () => {
  const points = new PartitionPoints("record", (offset) => offset === 3n);
  points.observe(ends(10_000n));
  points.stand(3n);
  for (let offset = 100n; offset < 400n; offset++) points.stand(offset);
  const asked = shown(points, ends(10_000n));
  expect(asked).not.toContain("at-or-after 3 committed");
  expect(asked).toContain("at-or-after 399 committed");
  expect(asked.length).toBeLessThan(70);
});
