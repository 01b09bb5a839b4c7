import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { useTestDatabase as giveTestDatabase } from "../../tests/database.ts";

vi.hoisted(() => vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 characters long"));

/** Next's request, as it is for someone who is not signed in. */
vi.mock("next/headers", () => {
  const jar = { get: () => undefined, getAll: () => [], has: () => false, set: () => undefined };
  return { cookies: () => Promise.resolve(jar), headers: () => Promise.resolve(new Headers()) };
});
vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  redirect: (to: string) => {
    throw new Error(`redirected to ${to}`);
  },
}));

giveTestDatabase();

const APP = path.resolve(import.meta.dirname, "..");

const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).toSorted();
const routes = files.filter((file) => path.basename(file) === "route.ts");
const pages = files.filter((file) => path.basename(file) === "page.tsx");
const actions = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts"));

/** All that may answer an unknown visitor, each with what it answers. A new route is not among them until someone says so. */
const OPEN_ROUTES: Readonly<Record<string, readonly number[]>> = {
  "api/auth/[...nextauth]/route.ts": [],
  "healthz/route.ts": [200],
  "readyz/route.ts": [200],
  "sign-out/route.ts": [403],
};
const OPEN_PAGES: readonly string[] = ["sign-in/page.tsx", "setup/page.tsx"];

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
const params = Promise.resolve({ slug: "orders-activity", team: "orders", id: "1", rest: "x" });

test.each(routes)("%s answers nobody unknown", async (file) => {
  const loaded = (await import(path.join(APP, file))) as Record<string, unknown>;
  const handlers = METHODS.flatMap((method) => {
    const handler = loaded[method];
    return typeof handler === "function" ? [{ method, handler: handler as Handler }] : [];
  });
  expect(handlers.length).toBeGreaterThan(0);
  const open = OPEN_ROUTES[file];
  if (open?.length === 0) return;
  for (const { method, handler } of handlers) {
    const request = new Request(`http://127.0.0.1/${path.dirname(file)}`, { method });
    const response = await handler(request, { params });
    expect({ method, status: response.status }).toEqual({ method, status: expect.toBeOneOf(open ?? [401]) });
    if (open === undefined) expect(await response.text()).toContain('"code":"unauthenticated"');
  }
});

test.each(pages)("%s leads nobody unknown past sign-in", async (file) => {
  const loaded = (await import(path.join(APP, file))) as {
    default: (props: { params: typeof params; searchParams: Promise<object> }) => unknown;
  };
  const render = async () => loaded.default({ params, searchParams: Promise.resolve({}) });
  if (OPEN_PAGES.includes(file)) await expect(render()).resolves.toBeTruthy();
  else await expect(render()).rejects.toThrow(/^redirected to \/(?:sign-in|feeds$)/);
});

test("every server action asks who is there or is the first run's", async () => {
  const { readFile } = await import("node:fs/promises");
  for (const file of actions) {
    const text = await readFile(path.join(APP, file), "utf8");
    if (!/^\s*["']use server["']/m.test(text)) continue;
    if (file === "setup/make-first-admin.ts") expect(text).toContain("isSameOrigin(");
    else expect(text, `${file} must call requireViewer()`).toContain("requireViewer(");
  }
});

test("the lists of what is open name nothing that is gone", () => {
  expect(Object.keys(OPEN_ROUTES).filter((file) => !routes.includes(file))).toEqual([]);
  expect(OPEN_PAGES.filter((file) => !pages.includes(file))).toEqual([]);
});
