import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { heal, incident } from "../../lab/api.ts";
import { useTestDatabase } from "../database.ts";
import { hopOf, isFresh, Product } from "./product.ts";
import { compare, seeded, TRUTH_SETTLES_MS, type Window } from "./truth-check.ts";

const database = useTestDatabase();
let product: Product;

const HEALS_WITHIN_MS = 180_000;
const INSTANTS = 50;
const SEED = Number(process.env.TIDEMARK_TEST_SEED ?? Date.now() % 1_000_000);
const random = seeded(SEED);
/** Steps of the lab's hops: the processor's auto-commit, the sink's rounds and the time a commit takes; then one interval. */
const MOST_EARLY_MS = 5_000 + 10_000 + 2_000 + 10_000 + 1_000;

/** Tidemarks may never be later than the truth, but for the second in which things happen. */
async function expectTrue(window: Window) {
  await sleep(TRUTH_SETTLES_MS);
  for (const one of compare(product, window, INSTANTS, random)) {
    const what = `${window.name}, ${one.laterHop} at ${one.seen.reading.measuredAt}, seed ${SEED}`;
    expect(one.laterMs, what).toBeLessThanOrEqual(1_000);
  }
}

beforeAll(async () => {
  await heal();
  product = new Product(database.url);
  await product.start();
  await product.until("fresh with every hop measured", isFresh, 120_000);
}, 200_000);

afterAll(async () => {
  await heal();
  await product.stop();
}, 120_000);

const heldBy =
  (hop: string, byCadence = false) =>
  (r: FeedReading) =>
    r.heldBy?.hop === hop && r.heldBy.byCadence === byCadence;

interface Case {
  incident: Parameters<typeof incident>[0];
  /** What the product must come to say. */
  says: string;
  asked: (reading: FeedReading) => boolean;
  withinMs: number;
  /** And on the reading that says so. */
  also?: (reading: FeedReading) => void;
}

const CASES: Case[] = [
  { incident: "stall-processor", says: "held by the processor", asked: heldBy("enrich"), withinMs: 30_000 },
  { incident: "pause-connector", says: "held by the connector", asked: heldBy("sink"), withinMs: 30_000 },
  {
    incident: "kill-connect",
    says: "held by the connector, measured from its group",
    asked: heldBy("sink"),
    withinMs: 40_000,
    also: (reading) => {
      expect(hopOf(reading, "sink")).toMatchObject({ state: "measured" });
      expect(hopOf(reading, "sink").note).toMatch(/^Connect unreachable since \d\d:\d\d:\d\d UTC/);
    },
  },
  {
    incident: "refuse-commits",
    says: "held by the table, though the connector has committed",
    asked: (r) => heldBy("table")(r) && hopOf(r, "sink").inStep === true,
    withinMs: 40_000,
    also: (reading) =>
      expect(Number(hopOf(reading, "sink").lagOffsets)).toBeLessThan(Number(hopOf(reading, "table").lagOffsets)),
  },
  {
    incident: "kill-catalog",
    says: "the table unmeasured, with the reason",
    asked: (r) => hopOf(r, "table").state === "unmeasured",
    withinMs: 30_000,
    also: (reading) => {
      expect(hopOf(reading, "table").unmeasuredBecause).toMatchObject({ code: "unreachable" });
      expect(hopOf(reading, "enrich").state).toBe("measured");
      expect(["unmeasured", "late"]).toContain(reading.state);
      expect(reading.ageMs).toBeNull();
    },
  },
  { incident: "late-producer", says: "held by the source", asked: heldBy("source"), withinMs: 40_000 },
  {
    incident: "hang-transaction",
    says: "held by the topic whose transaction is open, its writer's",
    asked: heldBy("orders.enriched"),
    withinMs: 45_000,
    also: (reading) => expect(reading.heldBy?.owner).toBe(hopOf(reading, "enrich").owner),
  },
  {
    incident: "stop-producers",
    says: "idle",
    asked: (r) => r.state === "idle",
    withinMs: 60_000,
    also: (reading) => expect(reading.ageMs).toBe(0),
  },
  {
    incident: "slow-commits",
    says: "late, held by the table by cadence",
    asked: (r) => r.state === "late" && heldBy("table", true)(r),
    withinMs: 150_000,
  },
];

describe("in steady flow", () => {
  it("says the truth: never later, earlier by the hops' steps at most, and blames nobody", async () => {
    const from = Date.now();
    await sleep(100_000);
    const window = { name: "steady flow", from, to: Date.now() };
    await expectTrue(window);
    const compared = compare(product, window, INSTANTS, random);
    for (const one of compared)
      expect(one.earlierMs, `at ${new Date(one.instant).toISOString()}`).toBeLessThanOrEqual(MOST_EARLY_MS);
    const blamed = compared.filter((one) => one.seen.reading.heldBy !== null);
    expect(blamed.length, product.story(from)).toBeLessThanOrEqual(INSTANTS * 0.05);
    expect(hopOf(product.seen.at(-1)!.reading, "table").proof).toBe("exact");
  });
});

describe("each incident of the lab is told by its name, and healed", () => {
  it.each(CASES)("$incident: $says", async ({ incident: name, says, asked, withinMs, also }) => {
    const before = product.seen.at(-1)?.reading;
    const began = Date.now();
    await incident(name);
    const seen = await product.until(says, asked, withinMs, began);
    also?.(seen.reading);
    if (name === "stall-processor") expect(seen.reading.ageMs ?? 0).toBeGreaterThan(before?.ageMs ?? 0);
    await expectTrue({ name, from: began, to: Date.now() });
    const healing = Date.now();
    await heal();
    await product.until("fresh again after heal", (r) => isFresh(r) && r.heldBy === null, HEALS_WITHIN_MS, healing);
  });

  it("kill-broker: still measured", async () => {
    const began = Date.now();
    await incident("kill-broker");
    await product.until("measured on two brokers", isFresh, 60_000, began + 20_000);
    const during = product.seen.filter((s) => Date.parse(s.reading.tick) > began);
    const unmeasured = during.filter((s) => s.reading.state === "unmeasured");
    expect(unmeasured.length, product.story(began)).toBeLessThanOrEqual(2);
    await expectTrue({ name: "kill-broker", from: began, to: Date.now() });
    const healing = Date.now();
    await heal();
    await product.until("fresh again after heal", isFresh, HEALS_WITHIN_MS, healing);
  });
});
