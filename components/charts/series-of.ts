import type { HopKind } from "#lib/domain/freshness/reading.ts";

/** A colour of the chart scale, 1 to 4. */
export type SeriesColour = 1 | 2 | 3 | 4;

export interface Series {
  /** `hops` told apart by `name`, or several small ones as `others`. */
  name: string;
  hops: string[];
  colour: SeriesColour;
}

const MOST = 4;
const PREFERRED: Readonly<Record<HopKind, SeriesColour>> = {
  table: 1,
  query: 1,
  topic: 2,
  source: 2,
  processor: 3,
  connector: 4,
};

interface Held {
  hop: string;
  kind: HopKind;
  /** What it held in all that is shown: decides who is told apart. */
  total: number;
}

/**
 * Four series at most, in path order. With more hops the three that held most are told apart and the rest are `others`.
 * A hop that held nothing at all is left out. A hop keeps the colour of its kind unless another took it.
 */
export function seriesOf(all: readonly Held[]): Series[] {
  const holding = all.filter((held) => held.total > 0);
  const hops = holding.length === 0 ? all : holding;
  const most = hops.length <= MOST ? hops : hops.toSorted((a, b) => b.total - a.total).slice(0, MOST - 1);
  const apart = new Set(most.map((held) => held.hop));
  const rest = hops.filter((held) => !apart.has(held.hop)).map((held) => held.hop);
  const free = new Set<SeriesColour>([1, 2, 3, 4]);
  const colours = new Map<string, SeriesColour>();
  for (const held of most) {
    const wanted = PREFERRED[held.kind];
    if (free.delete(wanted)) colours.set(held.hop, wanted);
  }
  const take = (hop: string): SeriesColour => {
    const colour = colours.get(hop) ?? [...free][0] ?? 1;
    free.delete(colour);
    return colour;
  };
  const series = hops
    .filter((held) => apart.has(held.hop))
    .map((held): Series => ({ name: held.hop, hops: [held.hop], colour: take(held.hop) }));
  return rest.length === 0 ? series : [...series, { name: "others", hops: rest, colour: [...free][0] ?? 2 }];
}

export const SERIES_FILL: Readonly<Record<SeriesColour, string>> = {
  1: "fill-series-1",
  2: "fill-series-2",
  3: "fill-series-3",
  4: "fill-series-4",
};

export const SERIES_BACKGROUND: Readonly<Record<SeriesColour, string>> = {
  1: "bg-series-1",
  2: "bg-series-2",
  3: "bg-series-3",
  4: "bg-series-4",
};

/** Lines differ by dash as well as by colour. */
export const SERIES_DASH: Readonly<Record<SeriesColour, string | undefined>> = {
  1: undefined,
  2: "1 2",
  3: "8 3",
  4: "5 2",
};
