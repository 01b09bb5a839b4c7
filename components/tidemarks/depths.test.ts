import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HopNow } from "#lib/views/feed-now.ts";
import { timeTicks } from "#components/charts/time-ticks.ts";
import { barsOf, depthsOf, worstWords } from "./depths.ts";

function hop(name: string, after: string[], holdSeconds: number | null, waits: number[] = []): HopNow {
  return {
    hop: name,
    kind: "processor",
    after,
    owner: "team:a",
    subject: name,
    state: holdSeconds === null ? "unmeasured" : "measured",
    note: null,
    inStep: true,
    proof: "exact",
    tidemark: null,
    holdSeconds,
    unprovenSeconds: 0,
    precisionSeconds: 1,
    topic: "t",
    partition: waits.length > 0 ? waits.indexOf(Math.max(...waits)) : null,
    lagOffsets: "0",
    waiting: true,
    measuredAt: null,
    unmeasuredBecause: null,
    partitions: waits.map((wait, partition) => ({
      topic: "t",
      partition,
      position: "0",
      logEnd: "0",
      lagOffsets: "0",
      holdSeconds: wait,
    })),
  };
}

describe("depths", () => {
  test("the holds along a line add up to the age", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 8 }), (holds) => {
        const hops = holds.map((hold, index) => hop(`h${index}`, index === 0 ? [] : [`h${index - 1}`], hold));
        const { age, path, unknown } = depthsOf(hops, null);
        expect(age).toBe(holds.reduce((sum, hold) => sum + hold, 0));
        expect(path).toHaveLength(holds.length);
        expect(unknown).toBe(false);
      }),
    );
  });

  test("with two predecessors a hop hangs from the deeper, and the path goes through it", () => {
    const hops = [hop("s", [], 0), hop("a", ["s"], 5), hop("b", ["s"], 30), hop("c", ["a", "b"], 4)];
    const { age, path, marks } = depthsOf(hops, "b");
    expect(age).toBe(34);
    expect(path.map((mark) => mark.hop.hop)).toEqual(["s", "b", "c"]);
    expect(marks.map((mark) => mark.fault)).toEqual([false, false, true, false]);
  });

  test("behind an unmeasured hop a line is a bound, and the age is at least what is known", () => {
    const { age, unknown, marks } = depthsOf([hop("s", [], 2), hop("a", ["s"], null), hop("b", ["a"], 46)], null);
    expect(unknown).toBe(true);
    expect(age).toBe(48);
    expect(marks[1]?.at).toBeNull();
    expect(marks[2]).toMatchObject({ top: 2, at: 48, beyondUnknown: true });
  });
});

describe("bars", () => {
  test("are one a partition, the worst marked", () => {
    expect(barsOf(hop("a", [], 9, [3, 9, 4]), 20)).toEqual([
      { seconds: 3, worst: false },
      { seconds: 9, worst: true },
      { seconds: 4, worst: false },
    ]);
  });
  test("bundle neighbours by their worst when there are more than fit", () => {
    const bars = barsOf(
      hop(
        "a",
        [],
        99,
        Array.from({ length: 100 }, (_, p) => p),
      ),
      10,
    );
    expect(bars).toHaveLength(10);
    expect(bars.at(-1)).toEqual({ seconds: 99, worst: true });
  });
});

test("the worst partition is told alone, with all, or with some", () => {
  expect(worstWords(hop("a", [], 100, [1, 2, 100]))).toBe("p2 alone");
  expect(worstWords(hop("a", [], 100, [90, 95, 100]))).toBe("all 3 partitions, p2 worst");
  expect(worstWords(hop("a", [], 100, [1, 95, 100]))).toBe("2 of 3 partitions, p2 worst");
  expect(worstWords(hop("a", [], 0, [0, 0]))).toBeNull();
});

test("ticks are round and few", () => {
  expect(timeTicks(500, 7)).toEqual([120, 240, 360, 480]);
  expect(timeTicks(40, 7)).toEqual([10, 20, 30, 40]);
  expect(timeTicks(30 * 86_400, 5).length).toBeLessThanOrEqual(5);
});
