import { beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "#lib/auth/actor.ts";
import { getPool } from "#lib/db/client.ts";
import { ORDERS_ACTIVITY_YAML } from "#lib/domain/contract/fixture-contract.ts";
import type { FeedReading, HopReading } from "#lib/domain/freshness/reading.ts";
import { applyContract } from "#lib/services/contracts/apply-contract.ts";
import { createToken } from "#lib/services/tokens/create-token.ts";
import { useTestDatabase as giveTestDatabase } from "../../../../tests/database.ts";
import { ContractAnswer, FeedListAnswer, FreshnessAnswer, Problem } from "../openapi.json/answer-schemas.ts";
import { openApiDocument } from "../openapi.json/openapi-document.ts";
import { GET as getContract } from "./[slug]/contract/route.ts";
import { GET as getFreshness } from "./[slug]/freshness/route.ts";
import { GET as getFeeds } from "./route.ts";

giveTestDatabase();

const system = systemActor("test");
const slug = "orders-activity";
const tick = new Date(Math.floor(Date.now() / 10_000) * 10_000);
const before = (ms: number) => new Date(tick.getTime() - ms).toISOString();
let token = "";

const hop = (name: string, holdMs: number, more: Partial<HopReading> = {}): HopReading => ({
  hop: name,
  kind: "processor",
  after: ["source"],
  owner: "team:lake",
  subject: name,
  state: "measured",
  unmeasuredBecause: null,
  note: null,
  inStep: false,
  proof: "exact",
  tidemark: before(200_123),
  holdMs,
  unprovenMs: 0,
  precisionMs: 15_000,
  topic: "orders",
  partition: 3,
  lagOffsets: "9007199254740993",
  waiting: true,
  measuredAt: before(0),
  partitions: [],
  ...more,
});

const reading: FeedReading = {
  tick: tick.toISOString(),
  measuredAt: before(0),
  state: "late",
  because: "200.123 s is more than 2m",
  ageMs: 200_123,
  ageLowerMs: 190_000,
  tidemark: before(200_123),
  objectiveMs: 120_000,
  heldBy: { hop: "enrich", owner: "team:lake", since: before(90_000), byCadence: false },
  largestHold: { hop: "enrich", owner: "team:lake", holdMs: 199_000 },
  lateSince: before(80_000),
  lastRecordAt: before(1000),
  lateArrivals: { late: 0, of: 6 },
  contractVersion: 1,
  hops: [
    hop("source", 1123, { kind: "source", after: [], owner: "team:orders", inStep: true }),
    hop("enrich", 199_000),
    hop("table", 0, {
      kind: "table",
      state: "unmeasured",
      unmeasuredBecause: { code: "unreachable", detail: "The catalog does not answer" },
      holdMs: null,
      tidemark: null,
      proof: null,
      inStep: null,
      measuredAt: null,
      lagOffsets: null,
    }),
  ],
};

beforeAll(async () => {
  await applyContract(system, ORDERS_ACTIVITY_YAML, new Date());
  await applyContract(system, ORDERS_ACTIVITY_YAML.replaceAll("orders-activity", "payments"), new Date());
  ({ token } = await createToken(system, { role: "viewer" }, new Date()));
  await getPool().query(
    "INSERT INTO feed_states (feed_id, tick, state, reading) SELECT id, $1, '{}', $2 FROM feeds WHERE slug = $3",
    [tick, JSON.stringify(reading), slug],
  );
  await getPool().query(
    `INSERT INTO feed_minutes (feed_id, minute, verdict, worst_age_ms, dominant_hop, holds, contract_version, samples, expected, origin)
     SELECT id, date_trunc('minute', $1::timestamptz) - interval '5 min', 'bad', 150001, 'enrich', '{"enrich": 149000}', 1, 6, 6, 'sampled'
       FROM feeds WHERE slug = $2`,
    [tick, slug],
  );
});

function ask(path: string, headers: Record<string, string> = {}): Request {
  return new Request(`http://127.0.0.1${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
}

const of = (name: string) => ({ params: Promise.resolve({ slug: name }) });

describe("GET /api/v1/feeds", () => {
  test("is what the document says, in seconds to the millisecond", async () => {
    const body: unknown = await (await getFeeds(ask("/api/v1/feeds"))).json();
    const { items } = FeedListAnswer.parse(body);
    expect(items[0]).toMatchObject({
      slug,
      state: "late",
      ageSeconds: 200.123,
      objectiveSeconds: 120,
      budgetRemaining: null,
    });
    expect(items[0]).toHaveProperty("budgetRemainingBecause");
    expect(items[1]).toMatchObject({ slug: "payments", state: "unmeasured", ageSeconds: null });
  });

  test("pages by cursor, without loss or repetition", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const response = await getFeeds(
        ask(`/api/v1/feeds?limit=1&sort=name${cursor === "" ? "" : `&cursor=${cursor}`}`),
      );
      const page = FeedListAnswer.parse(await response.json());
      seen.push(...page.items.map((item) => item.slug));
      cursor = page.next;
    }
    expect(seen.toSorted()).toEqual(["orders-activity", "payments"]);
  });

  test.each([
    ["?limit=0", "limit"],
    ["?limit=1e9", "limit"],
    ["?sort=name;drop", "sort"],
    ["?sort=name&sort=age", "sort"],
    ["?token=tmk_x", "token"],
    ["?cursor=%00", "cursor"],
    ["?__proto__=1", "__proto__"],
    ["?filter=state:purple", "filter"],
  ])("refuses %s and says why", async (search, field) => {
    const response = await getFeeds(ask(`/api/v1/feeds${search}`));
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(Problem.parse(await response.json())).toMatchObject({ code: "invalid", field });
  });

  test("with an unchanged answer is a 304", async () => {
    const first = await getFeeds(ask("/api/v1/feeds?filter=payments"));
    const etag = first.headers.get("etag") ?? "";
    const again = await getFeeds(ask("/api/v1/feeds?filter=payments", { "if-none-match": `W/"x", ${etag}` }));
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect((await getFeeds(ask("/api/v1/feeds?filter=orders", { "if-none-match": etag }))).status).toBe(200);
  });
});

describe("GET /api/v1/feeds/{slug}/freshness", () => {
  test("is what the document says, first hop source", async () => {
    const body: unknown = await (await getFreshness(ask(`/api/v1/feeds/${slug}/freshness`), of(slug))).json();
    const { now, minutes } = FreshnessAnswer.parse(body);
    expect(now).toMatchObject({ state: "late", ageSeconds: 200.123, ageLowerSeconds: 190, heldBy: { hop: "enrich" } });
    expect(now.hops.map(({ hop: name }) => name)).toEqual(["source", "enrich", "table"]);
    expect(now.hops[1]).toMatchObject({ holdSeconds: 199, precisionSeconds: 15, lagOffsets: "9007199254740993" });
    expect(now.hops[2]).toMatchObject({
      state: "unmeasured",
      holdSeconds: null,
      unmeasuredBecause: { code: "unreachable" },
    });
    expect(minutes).toEqual([
      expect.objectContaining({
        verdict: "bad",
        worstAgeSeconds: 150.001,
        dominantHop: "enrich",
        origin: "sampled",
        samples: 6,
      }),
    ]);
  });

  test.each([
    ["?from=yesterday", "from"],
    ["?step=0", "step"],
    ["?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "step"],
  ])("refuses %s", async (search, field) => {
    const response = await getFreshness(ask(`/api/v1/feeds/${slug}/freshness${search}`), of(slug));
    expect(Problem.parse(await response.json())).toMatchObject({ status: 422, field });
  });

  test("of a feed there is not is a 404", async () => {
    expect((await getFreshness(ask("/api/v1/feeds/none/freshness"), of("none"))).status).toBe(404);
  });
});

describe("who asks", () => {
  test("a token of one feed sees it alone", async () => {
    const bound = await createToken(system, { role: "viewer", feedSlug: "payments" }, new Date());
    const as = { authorization: `Bearer ${bound.token}` };
    const list = FeedListAnswer.parse(await (await getFeeds(ask("/api/v1/feeds", as))).json());
    expect(list.items.map((item) => item.slug)).toEqual(["payments"]);
    expect((await getFreshness(ask("/x", as), of(slug))).status).toBe(404);
    expect((await getContract(ask("/x", as), of(slug))).status).toBe(404);
  });

  test.each([["Bearer tmk_wrong"], ["Bearer "], ["Basic dG1r"], [""]])("%j is nobody", async (authorization) => {
    const response = await getFeeds(ask("/api/v1/feeds", { authorization }));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
  });
});

test("the contract comes as JSON and as YAML", async () => {
  const body = ContractAnswer.parse(await (await getContract(ask("/x"), of(slug))).json());
  expect(body).toMatchObject({ slug, version: 1, contract: { lateness: { objective: "2m" } } });
  expect(body.yaml).toContain("kind: FeedContract");
});

test("the document names a schema for every reference in it", () => {
  const text = JSON.stringify(openApiDocument());
  const known = Object.keys((openApiDocument()["components"] as { schemas: object }).schemas);
  const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => name === undefined || !known.includes(name))).toEqual([]);
});
