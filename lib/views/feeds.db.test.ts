import { beforeAll, describe, expect, test } from "vitest";
import { systemActor, type Actor } from "#lib/auth/actor.ts";
import { putScenes } from "../../e2e/fixtures/put-scenes.ts";
import { SCENES } from "../../e2e/fixtures/scenes.ts";
import { useTestDatabase } from "../../tests/database.ts";
import { feedFreshness } from "./feed-freshness.ts";
import { feedOverview } from "./feed-overview.ts";
import { listFeedOwners, listFeeds } from "./feeds.ts";

useTestDatabase();

const viewer = systemActor("test");
const now = new Date();
const later = (ms: number) => new Date(now.getTime() + ms);

beforeAll(() => putScenes(now), 120_000);

describe("the list", () => {
  test("has every feed, worst first, with how things stand in a sentence", async () => {
    const list = await listFeeds(viewer, {}, now);
    expect(list.items.map(({ state }) => state)).toEqual([
      ...["late", "late", "late", "late"],
      ...["unmeasured", "unmeasured", "unmeasured"],
      "silent",
      ...["fresh", "fresh", "fresh", "fresh", "fresh"],
      "idle",
    ]);
    expect(list.counts).toEqual({ late: 4, unmeasured: 3, silent: 1, idle: 1, fresh: 5 });
    expect(list.sentence).toBe("Four are late. Three cannot be measured. One source has gone silent.");
    expect(list).toMatchObject({ total: SCENES.length, matching: SCENES.length, next: null });
    const strains = list.items
      .filter((item) => item.state === "late")
      .map((item) => (item.ageSeconds ?? 0) / (item.objectiveSeconds ?? 1));
    expect(strains).toEqual(strains.toSorted((a, b) => b - a));
  });

  test("gives the last hour a minute at a time, and now", async () => {
    const { items } = await listFeeds(viewer, { filter: "payments" }, now);
    expect(items).toHaveLength(1);
    const hour = items[0]?.lastHour ?? [];
    expect(hour).toHaveLength(61);
    expect(hour.at(0)).toBeGreaterThan(0);
    expect(hour.at(-1)).toBeNull();
    expect(items[0]).toMatchObject({ state: "unmeasured", ageSeconds: null, budgetRemaining: null });
    expect(items[0]?.ageSecondsBecause).toContain("Grant DESCRIBE");
    expect(items[0]?.ageLowerSeconds).toBeGreaterThan(10);
  });

  test("filters by word, state, tier and owner; counts stay those of all", async () => {
    const list = await listFeeds(viewer, { filter: "state:late tier:critical" }, now);
    expect(list.items.map(({ slug }) => slug).toSorted()).toEqual(["fraud-signals", "orders-activity"]);
    expect(list).toMatchObject({ matching: 2, total: SCENES.length });
    expect((await listFeeds(viewer, { filter: "owner:team:lake analytics.orders" }, now)).matching).toBe(SCENES.length);
    expect((await listFeeds(viewer, { filter: "100%" }, now)).matching).toBe(0);
    expect(await listFeedOwners(viewer)).toEqual([
      "team:kafka",
      "team:lake",
      "team:orders",
      "team:security",
      "team:sre-data",
    ]);
  });

  test.each(["worst", "name", "age", "objective"])(
    "pages by %s hold every feed once, in the order of the whole",
    async (sort) => {
      const whole = (await listFeeds(viewer, { sort }, now)).items.map(({ slug }) => slug);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listFeeds(viewer, { sort, limit: 4, cursor }, now);
        paged.push(...page.items.map(({ slug }) => slug));
        cursor = page.next ?? undefined;
      } while (cursor);
      expect(paged).toEqual(whole);
    },
  );

  test("calls everything unmeasured once nothing was sampled for three ticks", async () => {
    const list = await listFeeds(viewer, {}, later(60_000));
    expect(list.counts.unmeasured).toBe(SCENES.length);
    expect(list.items[0]?.stateBecause).toMatch(/^No sample (since|has been)/);
  });

  test("holds nothing else for a token of one feed", async () => {
    const token: Actor = { kind: "token", id: "t", name: "T", role: "viewer", feedSlug: "returns" };
    const list = await listFeeds(token, {}, now);
    expect(list.items.map(({ slug }) => slug)).toEqual(["returns"]);
    expect(list.total).toBe(1);
    await expect(feedOverview(token, "shipments", "1h", now)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a feed's freshness", () => {
  test("holds add up to the age, in seconds to the millisecond", async () => {
    const { now: current } = await feedFreshness(viewer, "orders-activity", {}, now);
    const sum = current.hops.reduce((total, hop) => total + (hop.holdSeconds ?? 0), 0);
    expect(sum).toBeCloseTo(current.ageSeconds ?? 0, 3);
    expect(current).toMatchObject({ state: "late", heldBy: { hop: "table", byCadence: false }, objectiveSeconds: 120 });
    expect(current.hops[0]).toMatchObject({ hop: "source", after: [] });
  });

  test("every null tells why", async () => {
    const body = await feedFreshness(viewer, "payments-ledger", {}, now);
    const sink: Record<string, unknown> = { ...body.now.hops.find((hop) => hop.hop === "sink") };
    const silent = Object.keys(sink).filter((name) => sink[name] === null && name !== "note" && name !== "waiting");
    expect(silent.length).toBeGreaterThan(4);
    for (const name of silent) expect([name, sink[`${name}Because`]]).toEqual([name, expect.stringMatching(/./)]);
    expect(body.now.ageSecondsBecause).toContain("Grant DESCRIBE");
  });

  test("minutes are those asked for, the worst of each step", async () => {
    const from = later(-2 * 3_600_000).toISOString();
    const { minutes } = await feedFreshness(viewer, "orders-activity", { from, step: "600" }, now);
    expect(minutes.length).toBeGreaterThanOrEqual(12);
    expect(minutes.length).toBeLessThanOrEqual(13);
    expect(minutes.at(-1)).toMatchObject({
      verdict: "bad",
      dominantHop: "table",
      origin: "sampled",
      contractVersion: 1,
    });
    expect(minutes[0]).toMatchObject({ verdict: "good", samples: 60 });
  });

  test("refuses more than 1500 points, naming a step that fits, and nonsense", async () => {
    const from = later(-40 * 86_400_000).toISOString();
    const wide = feedFreshness(viewer, "orders-activity", { from, step: 60 }, now);
    await expect(wide).rejects.toThrow(/Use a step of (\d+)/);
    for (const wrong of [
      { step: "7.5" },
      { step: "90" },
      { from: "yesterday" },
      { from: later(60_000).toISOString(), to: now.toISOString() },
    ]) {
      await expect(feedFreshness(viewer, "orders-activity", wrong, now)).rejects.toMatchObject({ code: "invalid" });
    }
  });
});

describe("the overview", () => {
  test("says the trouble in words, with whose it is", async () => {
    const orders = await feedOverview(viewer, "orders-activity", "1h", now);
    expect(orders.trouble).toMatchObject({ level: "late", owner: "team:lake" });
    expect(orders.trouble?.detail).toContain("Records reach the connector (lag 0), but no snapshot has taken them in.");
    expect(orders.contract).toMatchObject({ version: 1, recoveryOwner: "team:sre-data", maxSilenceSeconds: 900 });
    expect(orders.usualHolds.table).toBeGreaterThan(5);
    expect(orders.paces.enrich).toBeCloseTo(1, 1);
    expect((await feedOverview(viewer, "payments-ledger", "1h", now)).trouble?.headline).toBe(
      "The connector sink cannot be measured.",
    );
    expect((await feedOverview(viewer, "shipments", "1h", now)).trouble?.headline).toContain(
      "tighter than the machinery",
    );
    expect((await feedOverview(viewer, "inventory-levels", "1h", now)).trouble?.level).toBe("silent");
    expect((await feedOverview(viewer, "search-queries", "1h", now)).trouble).toBeNull();
  });

  test("draws every sample of an hour and the minutes of a day, gaps kept", async () => {
    const hour = await feedOverview(viewer, "payments-ledger", "1h", now);
    expect(hour.series.points.length).toBeGreaterThan(350);
    expect(hour.series.points.length).toBeLessThanOrEqual(362);
    expect(hour.series.unmeasured).toHaveLength(1);
    expect(hour.series.unmeasured[0]?.because).toContain("Grant DESCRIBE");
    const day = await feedOverview(viewer, "orders-activity", "24h", now);
    expect(day.series.points.length).toBeGreaterThan(400);
    expect(day.series.points.at(-1)?.ageSeconds).toBe(day.now.ageSeconds);
  });

  test("of a stale feed nothing is said of now; what was known is kept apart", async () => {
    const { now: current, trouble } = await feedOverview(viewer, "refunds-audit", "1h", now);
    expect(current).toMatchObject({
      state: "unmeasured",
      ageSeconds: null,
      ageLowerSeconds: null,
      lastKnown: { state: "fresh" },
    });
    expect(current.hops.every((hop) => hop.state === "unmeasured" && hop.holdSeconds === null)).toBe(true);
    expect(trouble?.headline).toMatch(/^No sample since \d\d:\d\d:\d\d\.$/);
  });

  test("of a feed never sampled says so", async () => {
    const { now: current, trouble } = await feedOverview(viewer, "loyalty-points", "1h", now);
    expect(current).toMatchObject({ state: "unmeasured", hops: [], objectiveSeconds: 120 });
    expect(trouble?.headline).toBe("No sample has been evaluated yet.");
  });

  test("of a feed that is not there is not found", async () => {
    await expect(feedOverview(viewer, "nowhere", "1h", now)).rejects.toMatchObject({ code: "not_found" });
  });
});
