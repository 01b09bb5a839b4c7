import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "./advance.ts";
import type { FeedReading } from "./reading.ts";
import { newEvaluationState } from "./state.ts";
import { SimulatedFeed, type Faults, type WorldOptions } from "./testing/simulated-feed.ts";

/** Histories tried in one run; fewer where every mutant of the domain runs them. */
const RUNS = Number(process.env.TIDEMARK_PROPERTY_RUNS ?? 100);
const HOPS = ["enrich", "out", "sink", "table"] as const;

function seeded(seed: number) {
  let s = seed >>> 0 || 1;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
}

interface Sample {
  t: number;
  reading: FeedReading;
  truth: Record<(typeof HOPS)[number], number>;
  now: number;
  sourceDelay: number;
}

function watch(options: Partial<WorldOptions> & { faults: Faults }, minutes: number, seed = 7): Sample[] {
  const feed = new SimulatedFeed({
    partitions: 3,
    rate: 4,
    processorCommitMs: 5_000,
    roundMs: 10_000,
    jitterMs: 300,
    samplingMs: 10_000,
    random: seeded(seed),
    ...options,
  });
  // JSON both ways each tick: what is carried is what the database keeps.
  let state = newEvaluationState();
  const samples: Sample[] = [];
  feed.run(3_000);
  while (feed.t < minutes * 60_000) {
    feed.run(feed.options.samplingMs);
    const plan = feed.plan();
    const result = advance(plan, JSON.parse(JSON.stringify(state)), feed.facts());
    state = result.state;
    const truth = Object.fromEntries(HOPS.map((h) => [h, feed.truth(h)])) as Sample["truth"];
    samples.push({
      t: feed.t,
      reading: result.reading,
      truth,
      now: feed.now,
      sourceDelay: feed.sourceDelay(feed.options.samplingMs),
    });
  }
  return samples;
}

const settled = (samples: Sample[]) => samples.filter((s) => s.t > 60_000);
const between = (samples: Sample[], from: number, to: number) => samples.filter((s) => s.t >= from && s.t < to);

function tidemarkOf(sample: Sample, hop: string): number | null {
  const at = sample.reading.hops.find((h) => h.hop === hop)?.tidemark;
  return at ? Date.parse(at) : null;
}

const anyWorld = fc.record({
  partitions: fc.integer({ min: 1, max: 4 }),
  rate: fc.constantFrom(0.02, 0.3, 4),
  processorCommitMs: fc.constantFrom(100, 2_000, 5_000, 12_000),
  roundMs: fc.constantFrom(5_000, 10_000, 30_000),
  samplingMs: fc.constantFrom(5_000, 10_000),
  jitterMs: fc.constantFrom(1, 300),
  carries: fc.boolean(),
});

const span = fc
  .tuple(fc.integer({ min: 60_000, max: 200_000 }), fc.integer({ min: 20_000, max: 120_000 }))
  .map(([from, length]): [number, number] => [Math.round(from / 100) * 100, Math.round((from + length) / 100) * 100]);

const anyFaults: fc.Arbitrary<Faults> = fc.record(
  {
    processorStalled: span,
    connectorPaused: span,
    commitsRefused: span,
    producersStopped: span,
    producersLate: span,
    transactionHangs: span,
    catalogDown: span,
  },
  { requiredKeys: [] },
);

describe("on any history", () => {
  it("a tidemark is never later than the truth, holds add up to the age, and the worst partition is named", () => {
    fc.assert(
      fc.property(anyWorld, anyFaults, fc.integer(), (world, faults, seed) => {
        for (const sample of watch({ ...world, faults }, 6, seed)) {
          const slack = world.jitterMs + 100;
          for (const hop of HOPS) {
            const at = tidemarkOf(sample, hop);
            // Late data moves no tidemark, and a mark that was made before it came stands.
            if (!world.carries && faults.producersLate) continue;
            if (at !== null) expect(at, `${hop} at ${sample.t}`).toBeLessThanOrEqual(sample.truth[hop] + slack);
          }
          const { reading } = sample;
          const holds = reading.hops.map((h) => h.holdMs);
          expect(holds.every((h) => h === null || h >= 0)).toBe(true);
          const sum = holds.reduce<number>((a, h) => a + (h ?? 0), 0);
          expect(sum).toBe(reading.ageMs ?? sum);
          expect(reading.ageLowerMs ?? 0).toBeLessThanOrEqual((reading.ageMs ?? Infinity) + 0);
          const trueAge = Math.max(sample.now - sample.truth.table, sample.sourceDelay);
          // The lower bound rests on the cadence (until one is learned, on Kafka's default of 5 s), on the records that were
          // read (among late data an unread one may have raised the frontier), and on nothing having just come back to
          // life: a hop may pass in an instant what it commits a cadence later.
          const revived = Object.values(faults).some((f) => f && sample.t >= f[1] && sample.t <= f[1] + 25_000);
          const bounded = world.processorCommitMs <= 5_000 && faults.producersLate === undefined && !revived;
          if (bounded) expect(reading.ageLowerMs ?? 0).toBeLessThanOrEqual(trueAge + slack);
          for (const hop of reading.hops) {
            const worst = Math.max(0, ...hop.partitions.map((p) => p.holdMs ?? 0));
            if (hop.partition !== null && hop.holdMs !== null && hop.kind !== "source") expect(hop.holdMs).toBe(worst);
          }
        }
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

describe("steady flow", () => {
  it.each([
    [
      "auto-commit 5 s, rounds 10 s, sampled every 10 s",
      { processorCommitMs: 5_000, roundMs: 10_000, samplingMs: 10_000 },
    ],
    ["micro-batches", { processorCommitMs: 100, roundMs: 5_000, samplingMs: 5_000 }],
    ["slow commits 12 s, rounds 30 s", { processorCommitMs: 12_000, roundMs: 30_000, samplingMs: 10_000 }],
  ])("blames nobody and stays within the hops' steps: %s", (_, world) => {
    const samples = settled(watch({ ...world, faults: {} }, 20));
    const blamed = samples.filter((s) => s.reading.heldBy !== null);
    expect(blamed.length).toBeLessThanOrEqual(samples.length * 0.05);
    const steps = world.processorCommitMs + world.roundMs + world.samplingMs + 1_000;
    for (const s of samples) expect(s.truth.table - (tidemarkOf(s, "table") ?? 0)).toBeLessThanOrEqual(steps);
  });
});

describe("each fault", () => {
  const from = 180_000;
  const to = 330_000;
  const at = (faults: Faults, world: Partial<WorldOptions> = {}) =>
    between(watch({ ...world, faults }, 8), from + 30_000, to).map((s) => s.reading);

  it("a stalled processor is named within 30 s", () => {
    for (const r of at({ processorStalled: [from, to] }))
      expect(r.heldBy).toMatchObject({ hop: "enrich", byCadence: false });
  });
  it("a paused connector is named", () => {
    for (const r of at({ connectorPaused: [from, to] }))
      expect(r.heldBy).toMatchObject({ hop: "sink", byCadence: false });
  });
  it("refused commits are the table's, though the connector has committed its offsets", () => {
    for (const r of at({ commitsRefused: [from, to] }))
      expect(r.heldBy).toMatchObject({ hop: "table", byCadence: false });
  });
  it("an open transaction is the topic's", () => {
    for (const r of at({ transactionHangs: [from, to] }))
      expect(r.heldBy).toMatchObject({ hop: "out", byCadence: false });
  });
  it("late producers are the source's", () => {
    for (const r of at({ producersLate: [from, to] }).slice(2)) expect(r.heldBy?.hop).toBe("source");
  });
  it("stopped producers leave the feed idle, at age zero", () => {
    for (const r of at({ producersStopped: [from, to] })) {
      expect(r.state).toBe("idle");
      expect(r.ageMs).toBe(0);
    }
  });
  it("a dead catalog leaves the table unmeasured and the rest measured", () => {
    for (const r of at({ catalogDown: [from, to] })) {
      expect(r.state).toBe("unmeasured");
      expect(r.hops.find((h) => h.hop === "table")?.unmeasuredBecause?.code).toBe("unreachable");
      expect(r.hops.find((h) => h.hop === "sink")?.state).toBe("measured");
    }
  });
  it("rounds slower than the promise are late by cadence, held by the table", () => {
    const late = settled(watch({ roundMs: 120_000, faults: {} }, 12)).filter((s) => s.reading.state === "late");
    expect(late.length).toBeGreaterThan(5);
    for (const s of late) expect(s.reading.heldBy).toMatchObject({ hop: "table", byCadence: true });
  });
  it("after every fault the feed is fresh again, nobody to blame", () => {
    const after = between(
      watch({ faults: { processorStalled: [from, to], commitsRefused: [from, to] } }, 12),
      to + 90_000,
      720_000,
    );
    expect(after.filter((s) => s.reading.heldBy !== null).length).toBeLessThanOrEqual(after.length * 0.05);
    for (const s of after) expect(s.reading.state).toBe("fresh");
  });
});
