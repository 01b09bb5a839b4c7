import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesPerSecond, durationMs, durationText, fractionOf } from "./duration.ts";
import { Duration } from "./formats.ts";

describe("durations", () => {
  test.each([
    ["2m", 120_000],
    ["72h", 259_200_000],
    ["1h30m", 5_400_000],
    ["500ms", 500],
    ["2w", 1_209_600_000],
    ["0s", 0],
  ])("%s is %d ms", (text, ms) => expect(durationMs(text)).toBe(ms));

  test.each(["", "2", "m", "2 m", "-2m", "2M", "1.5h", "2m!"])("%j is not one", (text) => {
    expect(Duration.safeParse(text).success).toBe(false);
    expect(() => durationMs(text)).toThrow(RangeError);
  });

  test("any number of milliseconds can be written and read back", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 999_999_999 }),
        (ms) => durationMs(durationText(ms)) === ms && Duration.safeParse(durationText(ms)).success,
      ),
    );
  });
});

test.each([
  ["99.5%", 0.995],
  ["99.9%", 0.999],
  ["0.1%", 0.001],
  ["100%", 1],
])("%s is the fraction %d", (text, fraction) => expect(fractionOf(text)).toBe(fraction));

test.each([
  ["5MB/s", 5_000_000],
  ["1.5KiB/s", 1536],
  ["7B/s", 7],
])("%s is %d bytes per second", (text, bytes) => expect(bytesPerSecond(text)).toBe(bytes));
