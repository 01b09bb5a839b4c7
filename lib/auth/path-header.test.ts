import { expect, test } from "vitest";
import { safeNext } from "./path-header.ts";

test.each([
  ["/feeds/orders?range=1h#x", "/feeds/orders?range=1h#x"],
  ["/", "/"],
  ["//evil.example", "/feeds"],
  ["/\\evil.example", "/feeds"],
  ["/x\\evil", "/feeds"],
  ["https:evil.example", "/feeds"],
  ["javascript:alert(1)", "/feeds"],
  ["/feeds\n/x", "/feeds"],
  ["/sign-in?next=/sign-in", "/feeds"],
  ["/sign-out", "/feeds"],
  ["/api/v1/feeds", "/feeds"],
  ["", "/feeds"],
  [null, "/feeds"],
  [`/${"a".repeat(3000)}`, "/feeds"],
])("%j leads to %s", (next, path) => expect(safeNext(next)).toBe(path));
