import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { durationText } from "./duration.ts";
import { feedPath } from "./feed-path.ts";
import { draftContract, type Draft } from "./fixture-contract.ts";
import { contractYaml, parseContract } from "./parse-contract.ts";

const topic = fc.stringMatching(/^[A-Za-z0-9_-]{1,30}$/);
/** Text that YAML could take for something else: numbers, booleans, dates, nulls, colons, quotes, breaks. */
const awkward = fc.oneof(
  fc.constantFrom(
    "yes",
    "null",
    "~",
    "1e3",
    "0x1f",
    "2026-01-01",
    "- a",
    "a: b",
    "# no",
    "'",
    '"',
    "{}",
    "line\nbreak",
    "&a",
    "*a",
  ),
  fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== ""),
);

const eventTime = fc.oneof(
  fc.constant({ in: "record" }),
  fc.record({ in: fc.constant("header"), name: awkward, format: fc.constantFrom("iso8601", "epoch-us") }),
  fc.record({
    in: fc.constant("payload"),
    path: fc.constantFrom("$.a", "$['b c'].d[0]"),
    format: fc.constant("epoch-s"),
  }),
);

/** A chain of 1 to 6 processors in front of the sink, each writing the topic the next one reads. */
const contracts = fc
  .record({
    name: awkward,
    description: awkward,
    sources: fc.uniqueArray(topic, { minLength: 1, maxLength: 4 }),
    eventTime,
    groups: fc.array(
      awkward.filter((text) => !/\p{Cc}/u.test(text)),
      { minLength: 1, maxLength: 6 },
    ),
    objectiveMs: fc.integer({ min: 30_000, max: 86_400_000 }),
    carries: fc.boolean(),
  })
  .map(({ name, description, sources, eventTime: at, groups, objectiveMs, carries }) =>
    draftContract((document: Draft) => {
      Object.assign(document["metadata"], { name, description });
      document["sources"].topics = sources.map((one) => ({ name: one, eventTime: at }));
      document["lateness"].objective = durationText(objectiveMs);
      const processors = groups.map((group, index) => ({
        hop: `p${index}`,
        kind: "processor",
        group,
        output: { topic: `out-${index}`, ...(carries ? { carries: "source-event-time" } : {}) },
      }));
      document["path"] = [...processors, ...document["path"].slice(1)];
    }),
  );

function contractOf(input: unknown) {
  const parsed = parseContract(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.contract;
}

test("what is written as YAML is read back the same", () => {
  fc.assert(
    fc.property(contracts, (document) => {
      const contract = contractOf(document);
      expect(contractOf(contractYaml(contract))).toEqual(contract);
      expect(contractOf(parse(contractYaml(contract)))).toEqual(contract);
    }),
    { numRuns: 50 },
  );
}, 30_000);

test("every hop reads what the one before it writes, and knows who repairs it", () => {
  fc.assert(
    fc.property(contracts, (document) => {
      const path = feedPath(contractOf(document));
      path.slice(1).forEach((hop, index) => {
        const before = path[index];
        expect(hop.after).toEqual([before?.hop]);
        expect(hop.owner).toMatch(/^team:/);
        const written = before?.output ? [before.output.topic] : before?.inputs.map((input) => input.topic);
        expect(hop.inputs.map((input) => input.topic)).toEqual(written);
      });
    }),
    { numRuns: 50 },
  );
}, 30_000);
