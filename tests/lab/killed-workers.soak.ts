import { afterAll, beforeAll, expect, it } from "vitest";
import { heal } from "../../lab/api.ts";
import { useTestDatabase } from "../database.ts";
import { writeSoakReport } from "../soak-report.ts";
import { killReport, killWorkers } from "./killed-workers.ts";
import { isFresh, Product } from "./product.ts";
import { seeded } from "./truth-check.ts";

const database = useTestDatabase();
let product: Product;
const KILLS = Number(process.env.TIDEMARK_SOAK_KILLS ?? 40);
const SEED = Number(process.env.TIDEMARK_TEST_SEED ?? 20_261_125);

beforeAll(async () => {
  await heal();
  product = new Product(database.url);
  await product.start(2);
  await product.until("fresh with every hop measured", isFresh, 120_000);
});

afterAll(() => product.stop());

it("loses nothing and doubles nothing, however often a worker is killed", async () => {
  const since = new Date();
  await killWorkers(product, KILLS, seeded(SEED));
  await product.until("fresh again", isFresh, 90_000, Date.now());
  const report = await killReport("orders-activity", since, KILLS);
  const failures = report.staleWrites + (report.longestGapMs > 60_000 ? 1 : 0);
  writeSoakReport(
    { name: "killed-workers", seed: SEED, repetitions: KILLS, failures, figures: { ...report } },
    new Date(),
  );
  expect(report.longestGapMs).toBeLessThanOrEqual(60_000);
  expect(report.staleWrites).toBe(0);
});
