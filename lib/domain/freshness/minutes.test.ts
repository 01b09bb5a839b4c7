import { describe, expect, it } from "vitest";
import { judgeMinute } from "./minutes.ts";
import type { FeedReading, FeedStateName } from "./reading.ts";

const MINUTE = 1_800_000_000_000;

function reading(second: number, state: FeedStateName, ageMs: number | null = 5_000): FeedReading {
  const tick = new Date(MINUTE + second * 1_000).toISOString();
  const base = {
    measuredAt: tick,
    because: `because ${state}`,
    ageLowerMs: ageMs,
    tidemark: null,
    objectiveMs: 60_000,
    heldBy: null,
  };
  return {
    ...base,
    tick,
    state,
    ageMs,
    largestHold: { hop: "table", owner: "t", holdMs: ageMs ?? 0 },
    lateSince: null,
    lastRecordAt: null,
    lateArrivals: { late: 0, of: 6 },
    contractVersion: 1,
    hops: [],
  };
}

const every10 = (state: FeedStateName, ageMs: number | null = 5_000) =>
  [0, 10, 20, 30, 40, 50].map((s) => reading(s, state, ageMs));

describe("a minute", () => {
  it.each([
    ["all fresh", every10("fresh"), false, "good"],
    ["idle is good", every10("idle", 0), false, "good"],
    ["one late sample makes it bad", [...every10("fresh").slice(0, 5), reading(50, "late", 70_000)], false, "bad"],
    ["late by what is measured alone", [reading(0, "late", null)], false, "bad"],
    ["silent is bad", every10("silent"), false, "bad"],
    [
      "most arrivals late is bad",
      every10("fresh").map((r) => ({ ...r, lateArrivals: { late: 4, of: 6 } })),
      false,
      "bad",
    ],
    ["a loss is bad", every10("fresh"), true, "bad"],
    ["half the samples without a long gap", [0, 30, 50].map((s) => reading(s, "fresh")), false, "good"],
    ["fewer than half", [0, 30].map((s) => reading(s, "fresh")), false, "unmeasured"],
    ["a gap of 40 s", [0, 10, 50].map((s) => reading(s, "fresh")), false, "unmeasured"],
    ["nothing known before the 40th second", [40, 45, 50, 55].map((s) => reading(s, "fresh")), false, "unmeasured"],
    ["unmeasured samples are not good", every10("unmeasured", null), false, "unmeasured"],
    ["no sample at all", [], false, "unmeasured"],
  ] as const)("%s", (_, readings, loss, verdict) => {
    expect(judgeMinute(MINUTE, [...readings], 10_000, loss).verdict).toBe(verdict);
  });

  it("keeps the worst sample's age and the hop that held most in it", () => {
    const judged = judgeMinute(MINUTE, [...every10("fresh"), reading(55, "fresh", 9_000)], 10_000, false);
    expect(judged).toMatchObject({ worstAgeMs: 9_000, dominantHop: "table", samples: 7, expected: 6 });
  });

  it("says why it is unmeasured", () => {
    expect(judgeMinute(MINUTE, every10("unmeasured", null), 10_000, false).because).toBe("because unmeasured");
    expect(judgeMinute(MINUTE, [], 10_000, false).because).toBe("0 of 6 expected samples were taken.");
  });
});
