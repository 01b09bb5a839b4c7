import { describe, expect, test } from "vitest";
import {
  agoText,
  countText,
  dayText,
  durationText,
  durationWords,
  listText,
  numberWord,
  timesText,
  whenExactly,
  whenText,
} from "./display.ts";

describe("durations", () => {
  test.each([
    [0, "0s"],
    [0.4, "0s"],
    [12, "12s"],
    [59.6, "1m"],
    [64, "1m 04s"],
    [478, "7m 58s"],
    [3600, "1h"],
    [3660, "1h 01m"],
    [147_600, "1d 17h"],
    [-3, "0s"],
  ])("%d s is %s", (seconds, text) => expect(durationText(seconds)).toBe(text));

  test("are spoken with whole words", () => {
    expect(durationWords(61)).toBe("1 minute 1 second");
    expect(durationWords(2 * 86_400 + 3600)).toBe("2 days 1 hour");
  });
});

describe("numbers", () => {
  test("are grouped by thin spaces, exact beyond 2^53", () => {
    expect(countText("748210")).toBe("748\u2009210");
    expect(countText("9007199254740993")).toBe("9\u2009007\u2009199\u2009254\u2009740\u2009993");
    expect(countText(999)).toBe("999");
  });
  test("start a sentence as words up to ten", () => {
    expect(numberWord(2)).toBe("Two");
    expect(numberWord(1200)).toBe("1\u2009200");
  });
  test("ratios keep one decimal until ten", () => {
    expect(timesText(3.98)).toBe("4.0×");
    expect(timesText(42.4)).toBe("42×");
  });
});

describe("times", () => {
  const now = "2026-11-25T14:32:08.000Z";
  test("of today are a clock, of other days name the day", () => {
    expect(whenText("2026-11-25T14:25:03.000Z", now)).toBe("14:25");
    expect(whenText("2026-11-24T23:59:59.000Z", now)).toBe("24 Nov 23:59");
    expect(whenExactly("2026-11-25T14:25:03.000Z", now)).toBe("14:25:03");
    expect(dayText("2025-11-02T00:00:00Z", now)).toBe("2 Nov 2025");
  });
  test.each([
    [4000, "4 s ago"],
    [240_000, "4 min ago"],
    [2 * 3_600_000, "2 h ago"],
    [3 * 86_400_000, "3 days ago"],
    [-50, "0 s ago"],
  ])("%d ms is %s", (ms, text) => expect(agoText(ms)).toBe(text));
});

test("lists read as a sentence", () => {
  expect(listText([])).toBe("");
  expect(listText(["a"])).toBe("a");
  expect(listText(["a", "b", "c"])).toBe("a, b and c");
});
