import { describe, expect, test } from "vitest";
import { feedPath } from "./feed-path.ts";
import { type Draft, draftContract } from "./fixture-contract.ts";
import { ownerOfHop } from "./owner-of-hop.ts";
import { parseContract } from "./parse-contract.ts";
import { latenessTerms, sourceTerms } from "./terms.ts";
import { missingClauses } from "./tiers.ts";

function contractWith(change?: (document: Draft) => void) {
  const parsed = parseContract(draftContract(change));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues, null, 2));
  return parsed.contract;
}

const source = { cluster: "prod", topic: "orders", writer: "source" };
const enriched = { cluster: "prod", topic: "orders.enriched", writer: "enrich" };

describe("the path of orders-activity", () => {
  test("has the source first and each hop's inputs, group and owner", () => {
    const path = feedPath(contractWith());
    expect(path.map(({ hop, after, inputs, group, owner }) => ({ hop, after, inputs, group, owner }))).toEqual([
      { hop: "source", after: [], inputs: [source], group: null, owner: "team:orders" },
      { hop: "enrich", after: ["source"], inputs: [source], group: "orders-enricher", owner: "team:lake" },
      { hop: "sink", after: ["enrich"], inputs: [enriched], group: "connect-orders-iceberg", owner: "team:lake" },
      { hop: "table", after: ["sink"], inputs: [enriched], group: null, owner: "team:lake" },
    ]);
    expect(path[1]?.output).toEqual({ cluster: "prod", topic: "orders.enriched", carries: { in: "record" } });
    expect(path[2]?.connector).toEqual({ connect: "prod-connect", name: "orders-iceberg" });
    expect(path[3]?.table).toEqual({ catalog: "lake", table: "analytics.orders", ref: "main" });
  });

  test("without carries, positions alone carry event time", () => {
    expect(feedPath(contractWith((d) => delete d.path[0].output.carries))[1]?.output?.carries).toBeNull();
  });

  test("a connector's own group, a hop's own owner, cadence and windows are kept", () => {
    const path = feedPath(
      contractWith((d) => {
        d.path[0].emits = { every: "1h", grace: "5m" };
        d.path[1] = { ...d.path[1], group: "sink-group", owner: "team:ingest", cadence: "10s" };
      }),
    );
    expect(path[1]?.emits).toEqual({ everyMs: 3_600_000, graceMs: 300_000 });
    expect(path[2]).toMatchObject({ group: "sink-group", owner: "team:ingest", cadenceMs: 10_000 });
  });

  test.each([
    ["kafka-streams", undefined, "exact"],
    ["flink", undefined, "exact"],
    ["custom", undefined, "declared"],
    ["custom", "after-output", "exact"],
    ["kafka-streams", "independent", "declared"],
  ])("commits of %s declared as %s are %s", (runtime, commits, proof) => {
    const path = feedPath(contractWith((d) => Object.assign(d.path[0], { runtime, ...(commits && { commits }) })));
    expect(path[1]?.commits).toBe(proof);
  });

  test("a topic that is a hop is the writer of what comes after it", () => {
    const path = feedPath(
      contractWith((d) => d.path.splice(1, 0, { hop: "log", kind: "topic", topic: "orders.enriched" })),
    );
    expect(path[2]).toMatchObject({ hop: "log", inputs: [enriched], owner: "team:kafka", after: ["enrich"] });
    expect(path[3]?.inputs).toEqual([{ ...enriched, writer: "log" }]);
  });

  test("a table filled by the processor itself is behind the processor's own inputs", () => {
    const path = feedPath(
      contractWith((d) => {
        d.pattern = "stream-to-table";
        d.path.splice(1, 1);
        delete d.path[0].output;
      }),
    );
    expect(path[2]).toMatchObject({ hop: "table", after: ["enrich"], inputs: [source] });
  });

  test("a hop after two others reads what both write, unless it names its inputs", () => {
    const joined = (inputs?: string[]) =>
      feedPath(
        contractWith((d) => {
          d.path.splice(1, 0, {
            hop: "geo",
            kind: "processor",
            after: "source",
            group: "geo",
            output: { topic: "geo" },
          });
          Object.assign(d.path[2], { after: ["enrich", "geo"], ...(inputs && { inputs }) });
        }),
      )[3];
    expect(joined()?.inputs).toEqual([enriched, { cluster: "prod", topic: "geo", writer: "geo" }]);
    expect(joined(["geo"])?.inputs).toEqual([{ cluster: "prod", topic: "geo", writer: "geo" }]);
  });
});

test("whose hop", () => {
  const contract = contractWith((d) => (d.path[1].owner = "team:ingest"));
  expect(["source", "enrich", "sink", "table", "none"].map((hop) => ownerOfHop(contract, hop))).toEqual([
    "team:orders",
    "team:lake",
    "team:ingest",
    "team:lake",
    null,
  ]);
});

test("terms in numbers", () => {
  const contract = contractWith();
  expect(latenessTerms(contract)).toMatchObject({
    objectiveMs: 120_000,
    targetFraction: 0.995,
    windowMs: 2_592_000_000,
    toleratedMs: 600_000,
  });
  expect(latenessTerms(contract).burnRules.map(({ factor }) => Math.round(factor * 10) / 10)).toEqual([14.4, 6, 3, 1]);
  expect(sourceTerms(contract)[0]).toMatchObject({
    topic: "orders",
    maxSilenceMs: 900_000,
    maxSilencePerPartitionMs: null,
  });
});

test("a tier names the clauses that are still missing", () => {
  const strip = (d: Draft) => {
    delete d.schema;
    delete d.replay;
    d.sources.topics[0].eventTime = { in: "record" };
  };
  expect(missingClauses(contractWith(strip))).toEqual(["schema", "replay"]);
  expect(
    missingClauses(
      contractWith((d) => {
        strip(d);
        d.metadata.tier = "internal";
      }),
    ),
  ).toEqual([]);
});
