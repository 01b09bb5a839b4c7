import { describe, expect, it } from "vitest";
import { uuid } from "./uuid.ts";

describe("uuid", () => {
  it("is of version 7, variant 10, and carries the time", () => {
    const at = Date.now() + 1000;
    const id = uuid(at);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
  });

  it("sorts in the order made, even within a millisecond and when the clock steps back", () => {
    const at = Date.now() + 5000;
    const ids = Array.from({ length: 10_000 }, (_, n) => uuid(at - (n % 3)));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
