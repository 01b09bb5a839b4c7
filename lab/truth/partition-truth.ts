import { lastAtMost, StepSeries } from "./step-series.ts";
import type { EnrichLine, SourceLine } from "./truth-log.ts";

/** What waits before a hop in one partition at an instant. */
export interface Waiting {
  records: number;
  /** Event time up to which the partition has passed: largest at or before the first that waits, none later than it arrived. */
  frontier: number;
  /** Least event time among those that wait. */
  oldest: number;
}

/**
 * The truth of one partition of `orders` and of what became of its records, all told in offsets of `orders`.
 * Positions are next offsets not passed.
 */
export class PartitionTruth {
  readonly enriched = new StepSeries();
  readonly inTable = new StepSeries();
  private readonly offsets: number[] = [];
  private readonly events: number[] = [];
  private readonly arrivals: number[] = [];
  private readonly frontiers: number[] = [];
  /** Offsets in `orders.enriched` and the source offset first written there, both rising. */
  private readonly outOffsets: number[] = [];
  private readonly outSources: number[] = [];
  private tableRanges: [number, number][] = [];

  addSource(line: SourceLine): void {
    line.events.forEach((event, index) => {
      const offset = line.base + index;
      if (offset <= (this.offsets.at(-1) ?? -1)) return;
      this.offsets.push(offset);
      this.events.push(event);
      this.arrivals.push(line.acked);
      this.frontiers.push(Math.max(this.frontiers.at(-1) ?? 0, Math.min(event, line.acked)));
    });
  }

  /** A record written again after a restart keeps its first place. */
  addEnriched(line: EnrichLine): void {
    const before = this.enriched.latest() ?? line.from;
    const written = line.offsets ?? Array.from({ length: line.to - line.from }, (_, index) => line.from + index);
    written.forEach((source, index) => {
      if (source < before) return;
      this.outOffsets.push(line.out + index);
      this.outSources.push(source);
    });
    this.enriched.set(line.acked, Math.max(before, line.to));
  }

  addRows(at: number, ranges: readonly [number, number][]): void {
    this.tableRanges = merge([...this.tableRanges, ...ranges]);
    const first = this.tableRanges[0];
    if (first) this.inTable.set(at, first[1]);
  }

  /** The source offset that a position in `orders.enriched` stands for: the first that was written at or after it. */
  toSource(enrichedOffset: number): number {
    const index = lastAtMost(this.outOffsets, enrichedOffset - 1) + 1;
    return this.outSources[index] ?? this.enriched.latest() ?? 0;
  }

  /** How many records had arrived, counted by index. */
  private arrivedCount(instant: number): number {
    return lastAtMost(this.arrivals, instant) + 1;
  }

  waitingAt(instant: number, position: number): Waiting | null {
    const end = this.arrivedCount(instant);
    const start = lastAtMost(this.offsets, position - 1) + 1;
    if (start >= end) return null;
    let oldest = Infinity;
    for (let i = start; i < end; i += 1) oldest = Math.min(oldest, this.events[i] ?? Infinity);
    return { records: end - start, frontier: this.frontiers[start] ?? 0, oldest };
  }

  /** When the newest record arrived and how much later than the frontier's event time; null when none had. */
  lastArrival(instant: number): { arrived: number; latenessMs: number } | null {
    const index = this.arrivedCount(instant) - 1;
    const arrived = this.arrivals[index];
    const frontier = this.frontiers[index];
    if (arrived === undefined || frontier === undefined) return null;
    return { arrived, latenessMs: arrived - frontier };
  }

  /** Arrival of the first record that is known. */
  knownFrom(): number | null {
    return this.arrivals[0] ?? null;
  }
}

function merge(ranges: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
