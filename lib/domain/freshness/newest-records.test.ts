import { describe, expect, it } from "vitest";
import type { EventPoint, TickFacts } from "./facts.ts";
import { newestRecords, sayNewest } from "./newest-records.ts";
import type { FeedPlan } from "./plan.ts";

const NOW = 1_800_000_000_000;
const plan = { sources: [{ topic: "in", maxSilenceMs: null }], toleratedMs: 30_000, samplingMs: 10_000 } as FeedPlan;

const point = (
  partition: number,
  offset: number,
  eventTime: number | null,
  more: Partial<EventPoint> = {},
): EventPoint => ({
  topic: "in",
  topicId: "id",
  partition,
  offset,
  foundOffset: offset,
  emptyUpTo: null,
  eventTime,
  recordTimestamp: NOW,
  logAppendTime: false,
  ...more,
});

const count = (points: EventPoint[], arrived = [true, true]) =>
  newestRecords(plan, { endsAt: NOW, points } as TickFacts, { in: arrived });

describe("the newest records of a cycle", () => {
  it.each([
    ["on time", [point(0, 5, NOW - 100), point(1, 7, NOW)], { of: 2, late: 0, unreadable: 0, future: 0 }],
    ["late", [point(0, 5, NOW - 60_000), point(1, 7, NOW)], { of: 2, late: 1, unreadable: 0, future: 0 }],
    [
      "late by less than a cycle beyond what is tolerated",
      [point(0, 5, NOW - 39_000)],
      { of: 1, late: 0, unreadable: 0, future: 0 },
    ],
    ["unreadable", [point(0, 5, null)], { of: 1, late: 0, unreadable: 1, future: 0 }],
    ["from the future", [point(0, 5, NOW + 60_000)], { of: 1, late: 0, unreadable: 0, future: 1 }],
    ["a little ahead is only a clock", [point(0, 5, NOW + 2_000)], { of: 1, late: 0, unreadable: 0, future: 0 }],
    [
      "the newest of a partition counts",
      [point(0, 5, NOW - 60_000), point(0, 9, NOW)],
      { of: 1, late: 0, unreadable: 0, future: 0 },
    ],
    [
      "a place without a record is none",
      [point(0, 5, null, { foundOffset: null, emptyUpTo: 9 })],
      { of: 0, late: 0, unreadable: 0, future: 0 },
    ],
    [
      "append time is when it arrived",
      [point(0, 5, NOW - 60_000, { logAppendTime: true, recordTimestamp: NOW - 55_000 })],
      { of: 1, late: 0, unreadable: 0, future: 0 },
    ],
  ])("%s", (_, points, expected) => {
    expect(count(points)).toEqual(expected);
  });

  it("leaves out partitions where nothing arrived", () => {
    expect(count([point(0, 5, NOW), point(1, 7, NOW)], [true, false]).of).toBe(1);
  });

  it.each([
    [{ of: 6, late: 4, unreadable: 0, future: 0 }, "most records arrive later than the contract tolerates"],
    [{ of: 6, late: 3, unreadable: 0, future: 0 }, null],
    [{ of: 6, late: 0, unreadable: 2, future: 1 }, "2 of the 6 newest records have no readable event time"],
    [{ of: 6, late: 0, unreadable: 0, future: 1 }, "1 of the 6 newest records claim a time from the future"],
    [{ of: 0, late: 0, unreadable: 0, future: 0 }, null],
  ])("%o is told as %s", (newest, words) => {
    expect(sayNewest(newest)).toBe(words);
  });
});
