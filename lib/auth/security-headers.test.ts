import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";

/** Directive → its values. */
function read(policy: string): Record<string, string[]> {
  return Object.fromEntries(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));
}

describe("the content security policy", () => {
  test("lets scripts run by nonce alone", () => {
    const policy = read(contentSecurityPolicy("abc", { development: false, https: true }));
    expect(policy["script-src"]).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"]);
    expect(policy["style-src"]).toEqual(["'self'", "'nonce-abc'"]);
    expect(policy["style-src-attr"]).toEqual(["'unsafe-inline'"]);
    expect(policy["frame-ancestors"]).toEqual(["'none'"]);
    expect(policy).toHaveProperty("upgrade-insecure-requests");
  });

  test("evaluates code in development alone, and forces https on https alone", () => {
    const policy = read(contentSecurityPolicy("abc", { development: true, https: false }));
    expect(policy["script-src"]).toContain("'unsafe-eval'");
    expect(policy["script-src"]).not.toContain("'unsafe-inline'");
    expect(policy).not.toHaveProperty("upgrade-insecure-requests");
  });
});

test("strict transport security is promised on https alone", () => {
  expect(securityHeaders(false)).not.toHaveProperty("strict-transport-security");
  expect(securityHeaders(true)).toHaveProperty("strict-transport-security");
  expect(securityHeaders(false)["x-content-type-options"]).toBe("nosniff");
});
