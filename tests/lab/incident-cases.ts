import { expect } from "vitest";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { heal, incident } from "../../lab/api.ts";
import { hopOf, isFresh, type Product } from "./product.ts";
import type { Window } from "./truth-check.ts";

const HEALS_WITHIN_MS = 180_000;

const heldBy =
  (hop: string, byCadence = false) =>
  (r: FeedReading) =>
    r.heldBy?.hop === hop && r.heldBy.byCadence === byCadence;

export interface IncidentCase {
  incident: Parameters<typeof incident>[0];
  /** What the product must come to say. */
  says: string;
  asked: (reading: FeedReading) => boolean;
  withinMs: number;
  /** And on the reading that says so. */
  also?: (reading: FeedReading) => void;
}

export const INCIDENT_CASES: IncidentCase[] = [
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

/** Brings one incident about, waits until the product tells it, heals it and waits until the feed is fresh; answers when it was on. */
export async function runIncident(
  product: Product,
  one: IncidentCase,
  whileOn: (window: Window) => Promise<void>,
): Promise<number> {
  const { incident: name, says, asked, withinMs, also } = one;
  const before = product.seen.at(-1)?.reading;
  const began = Date.now();
  await incident(name);
  const seen = await product.until(says, asked, withinMs, began);
  also?.(seen.reading);
  if (name === "stall-processor") expect(seen.reading.ageMs ?? 0).toBeGreaterThan(before?.ageMs ?? 0);
  await whileOn({ name, from: began, to: Date.now() });
  const healing = Date.now();
  await heal();
  await product.until("fresh again after heal", (r) => isFresh(r) && r.heldBy === null, HEALS_WITHIN_MS, healing);
  return seen.at - began;
}

/** One broker of three killed: everything is still measured, but for the moment its coordinators move. */
export async function runBrokerLoss(product: Product, whileOn: (window: Window) => Promise<void>): Promise<void> {
  const began = Date.now();
  await incident("kill-broker");
  await product.until("measured on two brokers", isFresh, 60_000, began + 20_000);
  const during = product.seen.filter((s) => Date.parse(s.reading.tick) > began);
  const unmeasured = during.filter((s) => s.reading.state === "unmeasured");
  expect(unmeasured.length, product.story(began)).toBeLessThanOrEqual(2);
  await whileOn({ name: "kill-broker", from: began, to: Date.now() });
  const healing = Date.now();
  await heal();
  await product.until("fresh again after heal", isFresh, HEALS_WITHIN_MS, healing);
}
