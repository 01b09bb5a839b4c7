import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { heal } from "../../lab/api.ts";
import { useTestDatabase } from "../database.ts";
import { killReport, killWorkers } from "./killed-workers.ts";
import { isFresh, Product } from "./product.ts";
import { seeded } from "./truth-check.ts";

const database = useTestDatabase();
let product: Product;
const KILLS = 3;
const seed = Date.now() % 1_000_000;

beforeAll(async () => {
  await heal();
  product = new Product(database.url);
  await product.start(2);
  await product.until("fresh with every hop measured", isFresh, 120_000);
}, 200_000);

afterAll(() => product.stop(), 60_000);

describe("two workers, one of them killed outright now and then", () => {
  it(`share the sampling, never double it, and take over (${KILLS} kills; the soak has more)`, async () => {
    const since = new Date();
    await killWorkers(product, KILLS, seeded(seed));
    const back = Date.now();
    await product.until("fresh again", isFresh, 90_000, back);
    const report = await killReport("orders-activity", since, KILLS);
    // A lease lives 30 s; then the other takes it within a second, and the next tick is at most 10 s away.
    expect(report.longestGapMs, `seed ${seed}`).toBeLessThanOrEqual(60_000);
    expect(report.staleWrites).toBe(0);
  });
});
