import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ORDERS_ACTIVITY_YAML } from "../contract/fixture-contract.ts";
import { parseContract } from "../contract/parse-contract.ts";
import { compilePlan, type ConnectorTraits } from "./compile-plan.ts";

interface Document {
  [key: string]: unknown;
  path: Record<string, unknown>[];
}

function planOf(change: (document: Document) => void = () => {}, traits: Record<string, ConnectorTraits> = {}) {
  const document = parse(ORDERS_ACTIVITY_YAML) as Document;
  change(document);
  const parsed = parseContract(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const compiled = compilePlan(parsed.contract, 3, 10_000, traits);
  if (!compiled.ok) throw new Error(compiled.because);
  return compiled.plan;
}

const shape = (plan: ReturnType<typeof planOf>) => plan.hops.map((hop) => [hop.kind, hop.hop, hop.after, hop.owner]);

describe("the plan of a contract", () => {
  it("has a hop for each topic that is read with read_committed, owned by its writer", () => {
    expect(shape(planOf())).toEqual([
      ["topic", "orders", ["source"], "team:orders"],
      ["processor", "enrich", ["orders"], "team:lake"],
      ["topic", "orders.enriched", ["enrich"], "team:lake"],
      ["connector", "sink", ["orders.enriched"], "team:lake"],
      ["table", "table", ["sink"], "team:lake"],
    ]);
  });

  it("takes the connector's own isolation level before the contract's", () => {
    const plan = planOf((d) => ((d.path[0] as Record<string, unknown>).isolation = "read_uncommitted"), {
      sink: { isolation: "read_uncommitted" },
    });
    expect(plan.hops.map((hop) => hop.hop)).toEqual(["enrich", "sink", "table"]);
  });

  it("does not make a hop twice where the contract names the topic, and ends with the target topic", () => {
    const plan = planOf((d) => {
      d.pattern = "processor-to-topic";
      d.path = [{ ...d.path[0], isolation: "read_uncommitted" }];
      d.target = { kind: "topic", cluster: "prod", topic: "orders.enriched", authoritative: true };
    });
    expect(shape(plan)).toEqual([
      ["processor", "enrich", ["source"], "team:lake"],
      ["topic", "orders.enriched", ["enrich"], "team:lake"],
    ]);
  });

  it("knows an Iceberg sink by the table after it, and what its promise is", () => {
    const plan = planOf();
    expect(plan.hops.find((hop) => hop.hop === "sink")).toMatchObject({
      icebergSink: true,
      group: "connect-orders-iceberg",
    });
    expect(plan).toMatchObject({ contractVersion: 3, objectiveMs: 120_000, toleratedMs: 600_000, samplingMs: 10_000 });
  });
});
