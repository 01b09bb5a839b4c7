import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { heal } from "../../lab/api.ts";
import { useTestDatabase } from "../database.ts";
import { INCIDENT_CASES, runBrokerLoss, runIncident } from "./incident-cases.ts";
import { hopOf, isFresh, Product } from "./product.ts";
import { compare, seeded, TRUTH_SETTLES_MS, type Window } from "./truth-check.ts";

const database = useTestDatabase();
let product: Product;

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
  it.each(INCIDENT_CASES)("$incident: $says", async (one) => {
    await runIncident(product, one, expectTrue);
  });

  it("kill-broker: still measured", () => runBrokerLoss(product, expectTrue));
});
