import { StepSeries } from "./step-series.ts";
import type { SinkCommittedLine, SinkReadLine } from "./truth-log.ts";

type Event =
  | { at: number; kind: "read"; line: SinkReadLine }
  | { at: number; kind: "committed"; line: SinkCommittedLine }
  | { at: number; kind: "lost" };

/**
 * Where the connector stood in `orders.enriched`: what it had been handed and not lost since. When its worker is killed,
 * what it held uncommitted is gone, so that it stands where it had committed.
 */
export class SinkPositions {
  private readonly read = new Map<number, StepSeries>();
  private readonly committed = new Map<number, StepSeries>();

  /** Events of all kinds, in time order. */
  add(events: Event[]): void {
    for (const event of events.sort((a, b) => a.at - b.at)) {
      if (event.kind === "lost") this.fallBack(event.at);
      else if (event.kind === "committed") {
        for (const [partition, offset] of Object.entries(event.line.p))
          series(this.committed, partition).set(event.at, offset);
      } else {
        for (const [partition, [, next]] of Object.entries(event.line.p))
          series(this.read, partition).set(event.at, next);
      }
    }
  }

  readAt(partition: number, instant: number): number | null {
    return this.read.get(partition)?.at(instant) ?? null;
  }

  committedAt(partition: number, instant: number): number | null {
    return this.committed.get(partition)?.at(instant) ?? null;
  }

  private fallBack(at: number): void {
    for (const [partition, positions] of this.read) {
      const committed = this.committedAt(partition, at);
      if (committed !== null) positions.set(at, committed);
    }
  }
}

export type SinkEvent = Event;

function series(map: Map<number, StepSeries>, partition: string): StepSeries {
  const known = map.get(Number(partition));
  if (known) return known;
  const made = new StepSeries();
  map.set(Number(partition), made);
  return made;
}
