import type { Series } from "#components/charts/series-of.ts";
import type { AgeSeries } from "#lib/views/age-series.ts";

/** One row of the chart: `at` in ms, one number per series by its index, null where nothing was measured. */
export interface StackRow {
  at: number;
  age: number | null;
  parts: (number | null)[];
}

export function stackRows(data: AgeSeries, series: readonly Series[]): StackRow[] {
  return data.points.map((point) => ({
    at: Date.parse(point.at),
    age: point.ageSeconds,
    parts: series.map(({ hops }) =>
      point.ageSeconds === null ? null : hops.reduce((sum, hop) => sum + (point.holds[hop] ?? 0), 0),
    ),
  }));
}

const TICK_MS = [60_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000];

/** Round instants between two, at most `most` of them. */
export function instantTicks(from: number, to: number, most: number): number[] {
  const step = TICK_MS.find((ms) => (to - from) / ms <= most) ?? 86_400_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Labels at `wanted` heights moved apart, so that none covers another: never past `lowest`, at least `gap` between two. */
export function spread(wanted: readonly number[], gap: number, lowest: number): number[] {
  const order = wanted.map((y, index) => ({ y, index })).toSorted((a, b) => b.y - a.y);
  const placed = new Array<number>(wanted.length).fill(0);
  let limit = lowest;
  for (const { y, index } of order) {
    const at = Math.min(y, limit);
    placed[index] = at;
    limit = at - gap;
  }
  return placed;
}
