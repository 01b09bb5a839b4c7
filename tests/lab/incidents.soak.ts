import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { heal } from "../../lab/api.ts";
import { useTestDatabase } from "../database.ts";
import { writeSoakReport } from "../soak-report.ts";
import { INCIDENT_CASES, runBrokerLoss, runIncident } from "./incident-cases.ts";
import { isFresh, Product } from "./product.ts";
import { compare, seeded, TRUTH_SETTLES_MS, type Window } from "./truth-check.ts";

const database = useTestDatabase();
let product: Product;
const ROUNDS = Number(process.env.TIDEMARK_SOAK_ROUNDS ?? 6);
const SEED = Number(process.env.TIDEMARK_TEST_SEED ?? 20_261_125);
const INSTANTS = 50;

beforeAll(async () => {
  await heal();
  product = new Product(database.url);
  await product.start();
  await product.until("fresh with every hop measured", isFresh, 120_000);
});

afterAll(async () => {
  await heal();
  await product.stop();
});

it("tells every incident by its name, round after round, and is never ahead of the truth", async () => {
  const random = seeded(SEED);
  let instants = 0;
  let latestMs = Number.NEGATIVE_INFINITY;
  const toldAfterMs: Record<string, number[]> = {};
  const check = async (window: Window) => {
    await sleep(TRUTH_SETTLES_MS);
    for (const one of compare(product, window, INSTANTS, random)) {
      instants += 1;
      latestMs = Math.max(latestMs, one.laterMs);
    }
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of INCIDENT_CASES) (toldAfterMs[one.incident] ??= []).push(await runIncident(product, one, check));
    await runBrokerLoss(product, check);
  }
  const slowest = Object.entries(toldAfterMs).map(([name, all]) => [
    `${name} told after at most, ms`,
    Math.max(...all),
  ]);
  const figures = { instants, latestThanTruthMs: latestMs, ...Object.fromEntries(slowest) };
  const failures = latestMs > 1_000 ? 1 : 0;
  writeSoakReport({ name: "incidents", seed: SEED, repetitions: ROUNDS, failures, figures }, new Date());
  expect(latestMs).toBeLessThanOrEqual(1_000);
});
