import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { FeedContract } from "./feed-contract.ts";
import { type Draft, draftContract as draft, ORDERS_ACTIVITY_YAML } from "./fixture-contract.ts";
import { contractYaml, parseContract } from "./parse-contract.ts";

function contractOf(input: unknown): FeedContract {
  const parsed = parseContract(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues, null, 2));
  return parsed.contract;
}

function issuesOf(input: unknown): { path: string; code: string; line: number | null }[] {
  const parsed = parseContract(input);
  return parsed.ok ? [] : parsed.issues.map(({ path, code, line }) => ({ path, code, line }));
}

describe("a whole contract", () => {
  test("is read from YAML with its defaults filled in", () => {
    const contract = contractOf(ORDERS_ACTIVITY_YAML);
    expect(contract.metadata.slug).toBe("orders-activity");
    expect(contract.sources.topics[0]?.eventTime).toEqual({
      in: "payload",
      path: "$.event_time",
      format: "epoch-ms",
      encoding: "auto",
    });
    expect(contract.path[0]).toMatchObject({ kind: "processor", isolation: "read_committed" });
    expect(contract.access?.grants[0]?.until).toBe("2027-01-01");
  });

  test("is read from JSON text too", () => {
    expect(contractOf(JSON.stringify(parse(ORDERS_ACTIVITY_YAML)))).toEqual(contractOf(ORDERS_ACTIVITY_YAML));
  });

  test("comes back the same from the YAML it is written as", () => {
    const contract = contractOf(ORDERS_ACTIVITY_YAML);
    expect(contractOf(contractYaml(contract))).toEqual(contract);
  });

  test("may leave out what its tier does not ask for", () => {
    const contract = contractOf(
      draft((document) => {
        document.metadata.tier = "internal";
        delete document.schema;
        delete document.access;
        delete document.replay;
        delete document.readers;
        document.sources.topics[0].eventTime = { in: "record" };
      }),
    );
    expect(contract.readers).toEqual([]);
    expect(contract.schema).toBeUndefined();
  });
});

describe("every error at once", () => {
  test("with path, line and remedy", () => {
    const text = ORDERS_ACTIVITY_YAML.replace("objective: 2m", "objective: 5s")
      .replace("maxSilence: 15m", "maxSilence: fifteen")
      .replace("tier: critical", "tier: vital")
      .replace("hop: sink,", "hop: sink, after: nowhere,")
      .replace("cluster: prod\n", "cluster: prod\n  colour: red\n");
    const parsed = parseContract(text);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.issues.map(({ path, code }) => `${code} ${path}`)).toEqual([
      "not-one-of metadata.tier",
      "unknown-field sources.colour",
      "wrong-format sources.topics[0].maxSilence",
      "rule lateness.objective",
    ]);
    expect(parsed.issues[0]?.line).toBe(4);
    expect(parsed.issues.every(({ remedy, line }) => remedy.length > 0 && line !== null)).toBe(true);
  });

  test("rules of sound clauses are told beside the shape of broken ones", () => {
    const broken = draft((document) => {
      document.owners = {};
      document.path[1].after = "nowhere";
    });
    expect(issuesOf(broken).map(({ path }) => path)).toEqual([
      "owners.application",
      "owners.data",
      "owners.platform",
      "owners.security",
      "owners.sre",
      "path[1].after",
      "path[0]",
    ]);
  });

  test.each([
    ["not YAML", "a: [1", "syntax", ""],
    ["a list", "- 1", "wrong-type", ""],
    ["nothing", "", "wrong-type", ""],
    ["a duplicate key", "apiVersion: tidemark/v1\napiVersion: tidemark/v1", "syntax", ""],
    ["too large", `x: ${"y".repeat(300_000)}`, "syntax", ""],
  ])("%s", (_, text, code, path) => {
    expect(issuesOf(text)[0]).toMatchObject({ code, path });
  });
});

describe("shape", () => {
  test.each<[string, (document: Draft) => void, string, string]>([
    [
      "prototype keys",
      (d) => Object.defineProperty(d.access.classification, "__proto__", { value: "pii", enumerable: true }),
      "",
      "",
    ],
    ["a missing objective", (d) => delete d.lateness.objective, "missing", "lateness.objective"],
    ["a number for a duration", (d) => (d.lateness.objective = 120), "wrong-type", "lateness.objective"],
    ["a target without its sign", (d) => (d.lateness.target = "99.5"), "wrong-format", "lateness.target"],
    [
      "a header without its name",
      (d) => (d.sources.topics[0].eventTime = { in: "header" }),
      "missing",
      "sources.topics[0].eventTime.name",
    ],
    [
      "an unknown place of event time",
      (d) => (d.sources.topics[0].eventTime = { in: "key" }),
      "not-one-of",
      "sources.topics[0].eventTime.in",
    ],
    [
      "a wildcard path",
      (d) => (d.sources.topics[0].eventTime.path = "$..x"),
      "wrong-format",
      "sources.topics[0].eventTime.path",
    ],
    [
      "an unquoted offset",
      (d) => (d.sources.topics[0].from = { offsets: { "0": 12 } }),
      "wrong-type",
      "sources.topics[0].from.offsets.0",
    ],
    ["from nowhere", (d) => (d.sources.topics[0].from = "yesterday"), "wrong-type", "sources.topics[0].from"],
    ["an unknown hop kind", (d) => (d.path[0].kind = "mapper"), "not-one-of", "path[0].kind"],
    ["a script for a runbook", (d) => (d.replay.runbook = "javascript:alert(1)"), "wrong-format", "replay.runbook"],
    ["no need to replay", (d) => (d.replay.needs = {}), "out-of-range", "replay.needs"],
    ["an owner that is no team", (d) => (d.owners.sre = "sre"), "wrong-format", "owners.sre"],
    ["no topics", (d) => (d.sources.topics = []), "out-of-range", "sources.topics"],
    ["an impossible date", (d) => (d.access.grants[0].until = "2027-13-01"), "wrong-format", "access.grants[0].until"],
  ])("%s", (_, change, code, path) => {
    const issues = issuesOf(draft(change));
    if (code === "") expect(issues).toEqual([]);
    else expect(issues).toEqual([{ path, code, line: null }]);
  });
});

describe("rules", () => {
  test.each<[string, (document: Draft) => void, string[]]>([
    ["an objective under three sampling intervals", (d) => (d.lateness.objective = "29s"), ["lateness.objective"]],
    ["an objective of three is taken", (d) => (d.lateness.objective = "30s"), []],
    ["a window inside the objective", (d) => (d.lateness.objective = "30d"), ["lateness.window"]],
    ["a target of all", (d) => (d.lateness.target = "100%"), ["lateness.target"]],
    ["a default burn that can't fire", (d) => (d.lateness.target = "90%"), ["lateness.burn"]],
    ["a default burn that just can", (d) => (d.lateness.target = "93.06%"), []],
    [
      "a burn factor beyond reach",
      (d) => (d.lateness.burn = [{ severity: "page", factor: 201, long: "1h", short: "5m" }]),
      ["lateness.burn[0]"],
    ],
    [
      "the largest burn factor",
      (d) => (d.lateness.burn = [{ severity: "page", factor: 199.9, long: "1h", short: "5m" }]),
      [],
    ],
    [
      "burn windows upside down",
      (d) => (d.lateness.burn = [{ severity: "page", factor: 2, long: "5m", short: "1h" }]),
      ["lateness.burn[0]"],
    ],
    ["two hops of one name", (d) => (d.path[1].hop = "enrich"), ["path[1].hop", "path[1]"]],
    ["a hop called source", (d) => (d.path[0].hop = "source"), ["path[0].hop"]],
    ["after a later hop", (d) => (d.path[0].after = "table"), ["path[0].after"]],
    ["a processor without output before a connector", (d) => delete d.path[0].output, ["path[1]"]],
    ["a processor nothing tells of", (d) => delete d.path[0].group, ["path[0].group"]],
    [
      "a processor that reports",
      (d) => {
        delete d.path[0].group;
        d.path[0].progress = "reported";
      },
      [],
    ],
    ["an input nobody writes", (d) => (d.path[1].inputs = ["payments"]), ["path[1].inputs"]],
    [
      "a connector after a table",
      (d) => d.path.push({ hop: "more", kind: "connector", connect: "c", connector: "x" }),
      ["path[3]", "path[3]", "path[3]"],
    ],
    ["a path that forks and never joins", (d) => (d.path[2].after = "enrich"), ["path[1]"]],
    [
      "a path that forks and joins",
      (d) => {
        d.path[1].after = "source";
        d.path[2].after = ["enrich", "sink"];
      },
      [],
    ],
    ["a table that is not the target", (d) => (d.target.catalog = "sea"), ["path[2]"]],
    ["a pattern of topics with a table", (d) => (d.pattern = "processor-to-topic"), ["pattern"]],
    ["a dual path without reconciliation", (d) => (d.pattern = "dual-path"), ["reconcile"]],
    [
      "avro without a registry",
      (d) => {
        d.sources.topics[0].eventTime.encoding = "avro";
        delete d.schema.registry;
      },
      ["schema.registry"],
    ],
    ["one topic twice", (d) => d.sources.topics.push({ name: "orders" }), ["sources.topics[1].name"]],
  ])("%s", (_, change, paths) => {
    expect(issuesOf(draft(change)).map(({ path }) => path)).toEqual(paths);
  });

  test("the sampling interval moves the least objective", () => {
    const input = draft((d) => (d.lateness.objective = "5s"));
    expect(parseContract(input, { samplingIntervalMs: 1000 }).ok).toBe(true);
  });
});
