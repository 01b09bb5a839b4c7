import { describe, expect, test } from "vitest";
import { ageSeries, pointOfMinute, pointOfReading } from "./age-series.ts";
import type { FeedNow } from "./feed-now.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 14, minute));
const minute = (n: number, worstAgeMs: number | null, because: string | null = null) =>
  pointOfMinute({
    minute: at(n),
    verdict: worstAgeMs === null ? "unmeasured" : "good",
    worstAgeMs,
    dominantHop: null,
    holds: worstAgeMs === null ? {} : { a: worstAgeMs },
    because,
    contractVersion: 1,
    samples: 6,
    expected: 6,
    origin: "sampled",
  });
const now = (n: number) =>
  ({ ageSeconds: 5, measuredAt: at(n).toISOString(), heldBy: null, hops: [] }) as unknown as FeedNow;

describe("age over time", () => {
  test("a step without a row is a gap, and neighbours make one spell", () => {
    const series = ageSeries([minute(0, 1000), minute(3, null, "asleep"), minute(4, 2000)], at(0), at(5), 60, null);
    expect(series.points.map((point) => point.ageSeconds)).toEqual([1, null, null, null, 2]);
    expect(series.unmeasured).toEqual([{ from: at(1).toISOString(), to: at(4).toISOString(), because: "no sample" }]);
  });

  test("of the time before the first measurement nothing is claimed", () => {
    const series = ageSeries([minute(3, 1000)], at(0), at(4), 60, null);
    expect(series.measuredFrom).toBe(at(3).toISOString());
    expect(series.points).toHaveLength(1);
    expect(series.unmeasured).toEqual([]);
  });

  test("minutes not closed yet are no gap while measuring goes on, and now comes last", () => {
    const series = ageSeries([minute(0, 1000)], at(0), at(3), 60, now(3));
    expect(series.points.map((point) => point.ageSeconds)).toEqual([1, 5]);
    expect(series.unmeasured).toEqual([]);
  });

  test("but a longer silence of the evaluation is", () => {
    const series = ageSeries([minute(0, 1000)], at(0), at(9), 60, now(9));
    expect(series.unmeasured).toEqual([{ from: at(1).toISOString(), to: at(9).toISOString(), because: "no sample" }]);
  });

  test("without any row there is only now, or nothing", () => {
    expect(ageSeries([], at(0), at(9), 60, now(9)).points).toHaveLength(1);
    expect(ageSeries([], at(0), at(9), 60, null)).toMatchObject({ points: [], measuredFrom: null });
  });

  test("a late reading with an unmeasured hop is drawn by what is proven; an unmeasured one is a gap", () => {
    const reading = {
      at: at(0),
      heldBy: null,
      contractVersion: 1,
      because: null,
      holds: {},
      ageMs: null,
      ageLowerMs: 9000,
    };
    expect(pointOfReading({ ...reading, state: "late" }).ageSeconds).toBe(9);
    expect(pointOfReading({ ...reading, state: "unmeasured" }).ageSeconds).toBeNull();
  });
});
