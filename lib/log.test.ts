import { describe, expect, it } from "vitest";
import { formatLine, scrub } from "./log.ts";

const at = new Date("2031-01-02T03:04:05.678Z");
const parsed = (fields: Parameters<typeof formatLine>[3]) =>
  JSON.parse(formatLine(at, "info", "done", fields)) as unknown;

describe("formatLine", () => {
  it("is one line of JSON", () => {
    const line = formatLine(at, "warn", "two\nlines", { topic: "orders" });
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toEqual({ at: at.toISOString(), level: "warn", message: "two\nlines", topic: "orders" });
  });

  it("passes numbers, booleans and instants under any name, text under known names alone", () => {
    expect(
      parsed({
        tookMs: 12,
        offset: 9_007_199_254_740_993n,
        whole: true,
        since: at,
        topic: "orders",
        hunter: "hunter2",
      }),
    ).toMatchObject({
      tookMs: 12,
      offset: "9007199254740993",
      whole: true,
      since: at.toISOString(),
      topic: "orders",
      hunter: "[not logged]",
    });
  });

  it("tells an error's name, code, message and cause, without secrets", () => {
    const cause = Object.assign(new Error("connect postgresql://me:hunter2@db/t"), { code: "ECONNREFUSED" });
    const text = formatLine(at, "error", "failed", { error: new Error("no database", { cause }) });
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text)).toMatchObject({ error: { message: "no database", cause: { code: "ECONNREFUSED" } } });
  });
});

describe("scrub", () => {
  it.each([
    ["postgresql://me:hunter2@db:5432/t", "postgresql://me:***@db:5432/t"],
    ["https://:hunter2@host/x", "https://:***@host/x"],
    ['{"password":"hunter2","a":1}', '{"password":"***","a":1}'],
    ["token=hunter2&x=1", "token=***&x=1"],
    ["Authorization: Bearer abcdefghijk", "Authorization: ***"],
    ["sent Bearer abcdefghijk", "sent Bearer ***"],
    ["topic orders, partition 3", "topic orders, partition 3"],
  ])("%s", (text, expected) => {
    expect(scrub(text)).toBe(expected);
  });
});
