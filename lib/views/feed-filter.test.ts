import { describe, expect, test } from "vitest";
import { ServiceError } from "#lib/errors.ts";
import { formatCursor, parseCursor, parseFeedFilter, parseFeedSort, parseLimit } from "./feed-filter.ts";

describe("the filter", () => {
  test("takes facets apart and leaves words", () => {
    expect(parseFeedFilter("state:late,unmeasured Orders tier:critical owner:team:lake a:b")).toEqual({
      words: ["orders", "a:b"],
      states: ["late", "unmeasured"],
      tiers: ["critical"],
      teams: ["team:lake"],
    });
    expect(parseFeedFilter("  ")).toEqual({ words: [], states: [], tiers: [], teams: [] });
  });
  test("refuses a state or tier that does not exist, naming those that do", () => {
    expect(() => parseFeedFilter("state:old")).toThrow(/late, unmeasured, silent, idle, fresh/);
    expect(() => parseFeedFilter("tier:gold")).toThrow(ServiceError);
  });
});

test("sort and limit have defaults and bounds", () => {
  expect(parseFeedSort(undefined)).toBe("worst");
  expect(parseFeedSort("age")).toBe("age");
  expect(() => parseFeedSort("budget")).toThrow(ServiceError);
  expect(parseLimit(undefined)).toBe(100);
  expect(parseLimit("7")).toBe(7);
  expect(() => parseLimit("0")).toThrow(ServiceError);
  expect(() => parseLimit("201")).toThrow(ServiceError);
});

test("a cursor comes back as it went out; anything else is refused", () => {
  const key = { first: 0, second: -3.9833, text: "", slug: "orders-activity" };
  expect(parseCursor(formatCursor(key))).toEqual(key);
  expect(parseCursor("")).toBeNull();
  expect(() => parseCursor("nonsense")).toThrow(/Start again/);
  expect(() => parseCursor(Buffer.from('["a",1,"","x"]').toString("base64url"))).toThrow(ServiceError);
});
