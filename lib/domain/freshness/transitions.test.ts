import { describe, expect, it } from "vitest";
import type { FeedReading, HopReading } from "./reading.ts";
import { changesBetween } from "./transitions.ts";

const hop = (more: Partial<HopReading> = {}) => ({ hop: "sink", state: "measured", note: null, ...more }) as HopReading;
const reading = (more: Partial<FeedReading> = {}) =>
  ({ state: "fresh", because: "Age 5 s.", objectiveMs: 60_000, heldBy: null, hops: [hop()], ...more }) as FeedReading;
const held = { hop: "sink", owner: "team:lake", since: "", byCadence: false };
const texts = (before: FeedReading | null, now: FeedReading) =>
  changesBetween(before, now).map((change) => change.text);

describe("what changed between two readings", () => {
  it.each([
    ["nothing", reading(), reading(), []],
    ["the first one", null, reading(), ["First reading: fresh."]],
    ["late", reading(), reading({ state: "late" }), ["Late: age passed 60 s."]],
    ["late no more", reading({ state: "late" }), reading(), ["No longer late: fresh."]],
    ["idle", reading(), reading({ state: "idle", because: "Nothing waits." }), ["Idle: Nothing waits."]],
    ["held", reading(), reading({ heldBy: held }), ["Held by sink (team:lake), out of step."]],
    [
      "held by cadence",
      reading(),
      reading({ heldBy: { ...held, byCadence: true } }),
      ["Held by sink (team:lake), by cadence."],
    ],
    ["held no more", reading({ heldBy: held }), reading(), ["sink is in step again."]],
    ["a note", reading(), reading({ hops: [hop({ note: "paused" })] }), ["sink: paused."]],
    ["a note that ends", reading({ hops: [hop({ note: "paused" })] }), reading(), []],
    [
      "Connect back",
      reading({ hops: [hop({ note: "Connect unreachable since 10:00:00 UTC" })] }),
      reading(),
      ["Connect answers again."],
    ],
    [
      "unmeasured",
      reading(),
      reading({
        hops: [hop({ state: "unmeasured", unmeasuredBecause: { code: "unreachable", detail: "No leader." } })],
      }),
      ["sink unmeasured: No leader."],
    ],
    ["measured again", reading({ hops: [hop({ state: "unmeasured" })] }), reading(), ["sink is measured again."]],
  ])("%s", (_, before, now, expected) => {
    expect(texts(before, now)).toEqual(expected);
  });
});
