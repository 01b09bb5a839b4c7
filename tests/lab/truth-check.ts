import { connection } from "../../lab/api.ts";
import { Truth, type TruthHopName } from "../../lab/truth.ts";
import type { Product, Seen } from "./product.ts";

/** Our hop → the truth's. The topic orders is not told apart from its source. */
const SAME: Record<string, TruthHopName> = {
  source: "source",
  enrich: "enrich",
  "orders.enriched": "topic",
  sink: "sink",
  table: "table",
};

export interface Window {
  name: string;
  from: number;
  to: number;
}

export interface Compared {
  instant: number;
  seen: Seen;
  /** Worst of the hops: how much later a tidemark is than the truth at the instant it was measured, ms. */
  laterMs: number;
  laterHop: string;
  /** How much earlier the target's tidemark is than the truth at the instant itself, ms. */
  earlierMs: number;
}

/** The lab writes its truth down a moment after the fact, ms. */
export const TRUTH_SETTLES_MS = 4_000;

/** Takes `count` random instants of a window and holds what the product said then against what was true. */
export function compare(product: Product, window: Window, count: number, random: () => number): Compared[] {
  const truth = new Truth(connection().home);
  truth.refresh();
  const first = product.seen.find((s) => Date.parse(s.reading.tick) >= window.from);
  if (!first) throw new Error(`Nothing was seen of ${window.name}`);
  const from = Math.max(window.from, first.at);
  return Array.from({ length: count }, () => {
    const instant = from + random() * (window.to - from);
    const seen = product.at(instant) ?? first;
    return compareOne(truth, seen, instant);
  });
}

function compareOne(truth: Truth, seen: Seen, instant: number): Compared {
  const then = truth.at(Date.parse(seen.reading.measuredAt));
  let laterMs = Number.NEGATIVE_INFINITY;
  let laterHop = "";
  for (const hop of seen.reading.hops) {
    const same = SAME[hop.hop];
    if (same === undefined || hop.tidemark === null) continue;
    const later = Date.parse(hop.tidemark) - then.hops[same].tidemark;
    if (later > laterMs) [laterMs, laterHop] = [later, hop.hop];
  }
  const target = seen.reading.tidemark;
  const earlierMs = target === null ? 0 : truth.at(instant).hops.table.tidemark - Date.parse(target);
  return { instant, seen, laterMs, laterHop, earlierMs };
}

/** A small seeded generator, so that a failing run can be repeated with its seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
