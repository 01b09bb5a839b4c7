import { expect, test } from "vitest";
import { isApiPath, isOpenPath } from "./open-paths.ts";

test.each([
  "/sign-in",
  "/setup",
  "/healthz",
  "/readyz",
  "/api/auth/csrf",
  "/api/auth/callback/credentials",
  "/_next/static/chunks/a.js",
  "/icon.svg",
])("%s is open", (path) => expect(isOpenPath(path)).toBe(true));

test.each([
  "/",
  "/feeds",
  "/sign-in/x",
  "/Sign-In",
  "/setup/",
  "/api/v1/feeds",
  "/api/auth/callback/other",
  "/_next/data/x/feeds.json",
  "/icon/../feeds",
  "/healthz/x",
  "/x/healthz",
])("%s is not", (path) => expect(isOpenPath(path)).toBe(false));

test.each([
  ["/api/v1/feeds", true],
  ["/api", true],
  ["/metrics", true],
  ["/apiary", false],
  ["/feeds/api", false],
])("%s answers programs: %s", (path, is) => expect(isApiPath(path)).toBe(is));
