import { describe, expect, it } from "vitest";
import type { HopNow } from "#lib/views/feed-now.ts";
import { foldQuietTopics } from "./fold-quiet-topics.ts";

const hop = (name: string, after: string[], more: Partial<HopNow> = {}) =>
  ({ hop: name, kind: "processor", after, state: "measured", holdSeconds: 1, ...more }) as HopNow;
const topic = (name: string, after: string[], more: Partial<HopNow> = {}) =>
  hop(name, after, { kind: "topic", holdSeconds: 0, ...more });

const shape = (hops: HopNow[]) => hops.map((one) => [one.hop, one.after]);

describe("topics on the path", () => {
  it("that hold nothing take no column, and their readers follow what stood before them", () => {
    const path = [
      hop("source", []),
      topic("in", ["source"]),
      hop("enrich", ["in"]),
      topic("out", ["enrich"]),
      hop("sink", ["out"]),
    ];
    expect(shape(foldQuietTopics(path))).toEqual([
      ["source", []],
      ["enrich", ["source"]],
      ["sink", ["enrich"]],
    ]);
  });

  it.each([
    ["holds", topic("out", ["enrich"], { holdSeconds: 9 })],
    ["cannot be read", topic("out", ["enrich"], { state: "unmeasured", holdSeconds: null })],
  ])("keeps one that %s", (_, one) => {
    expect(foldQuietTopics([hop("enrich", []), one, hop("sink", ["out"])])).toHaveLength(3);
  });

  it("keeps the target", () => {
    expect(foldQuietTopics([hop("enrich", []), topic("out", ["enrich"])])).toHaveLength(2);
  });
});
