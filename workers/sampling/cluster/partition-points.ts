import type { RecordQuery } from "#lib/sources/kafka/record-search.ts";

export interface Ends {
  highWatermark: bigint;
  lastStableOffset: bigint;
}

type PointQuery = Pick<RecordQuery, "offset" | "find" | "isolation">;

const MOST_WAITING = 64;
const MOST_DONE = 256;

/**
 * Which offsets of one partition have had their event time read, and which wait for it: positions at the log's end wait
 * until a record arrives there. Pure bookkeeping; both lists are bounded, the oldest go first.
 */
export class PartitionPoints {
  /** The ways the event time is read: another way reads all anew. */
  readonly specs: string;
  private readonly isKnown: (offset: bigint) => boolean;
  private readonly done = new Set<bigint>();
  /** Offset → up to where no record was found, null when it was not looked at. */
  private readonly waiting = new Map<bigint, bigint | null>();
  /** Read while their transaction was open: should it be aborted, the next record counts, so they are read again. */
  private readonly unstable = new Set<bigint>();
  private lastReadBefore: Ends = { highWatermark: -1n, lastStableOffset: -1n };
  private highest = -1n;

  constructor(specs: string, isKnown: (offset: bigint) => boolean = () => false) {
    this.specs = specs;
    this.isKnown = isKnown;
  }

  /** Notes the ends of this tick. A log that was cut back holds other records at its old offsets. */
  observe({ highWatermark, lastStableOffset }: Ends): void {
    if (highWatermark < this.highest) {
      this.done.clear();
      this.waiting.clear();
      this.unstable.clear();
      this.lastReadBefore = { highWatermark: -1n, lastStableOffset: -1n };
    }
    this.highest = highWatermark;
    for (const offset of this.unstable) {
      if (offset >= lastStableOffset) continue;
      this.unstable.delete(offset);
      this.done.delete(offset);
      this.stand(offset);
    }
    // What an open transaction holds back begins with the record at the last stable offset.
    if (lastStableOffset < highWatermark) this.stand(lastStableOffset);
  }

  /** Somebody stands at `offset`: the record there, once there is one, is to be read. */
  stand(offset: bigint): void {
    if (offset < 0n || this.waiting.has(offset)) return;
    if (this.done.delete(offset)) {
      this.done.add(offset);
      return;
    }
    if (this.isKnown(offset)) {
      this.markDone(offset);
      return;
    }
    this.waiting.set(offset, null);
    if (this.waiting.size > MOST_WAITING) this.waiting.delete(first(this.waiting.keys()));
  }

  queries({ highWatermark, lastStableOffset }: Ends): PointQuery[] {
    const queries: PointQuery[] = [];
    const read = this.lastReadBefore;
    if (lastStableOffset > 0n && lastStableOffset !== read.lastStableOffset) {
      queries.push({ offset: lastStableOffset, find: "before", isolation: "read_committed" });
    }
    if (highWatermark > lastStableOffset && highWatermark !== read.highWatermark) {
      queries.push({ offset: highWatermark, find: "before", isolation: "read_uncommitted" });
    }
    for (const [offset, emptyUpTo] of this.waiting) {
      if (offset >= highWatermark) continue;
      const isStable = offset < lastStableOffset;
      // Nothing was found up to there, and the log has not grown beyond it.
      if (emptyUpTo !== null && emptyUpTo >= (isStable ? lastStableOffset : highWatermark)) continue;
      queries.push({ offset, find: "at-or-after", isolation: isStable ? "read_committed" : "read_uncommitted" });
    }
    return queries;
  }

  foundRecord(query: PointQuery, at: bigint): void {
    if (query.find === "before") {
      this.noteEnd(query);
      this.markDone(at);
    } else {
      this.waiting.delete(query.offset);
      this.markDone(query.offset);
      if (query.isolation === "read_uncommitted") this.unstable.add(query.offset);
    }
  }

  /** @returns whether this proves more than was known */
  foundNone(query: PointQuery, emptyUpTo: bigint): boolean {
    if (query.find === "before") {
      this.noteEnd(query);
      return false;
    }
    const before = this.waiting.get(query.offset) ?? null;
    this.waiting.set(query.offset, emptyUpTo);
    return emptyUpTo > query.offset && (before === null || emptyUpTo > before);
  }

  private noteEnd(query: PointQuery): void {
    if (query.isolation === "read_committed") this.lastReadBefore.lastStableOffset = query.offset;
    else this.lastReadBefore.highWatermark = query.offset;
  }

  private markDone(offset: bigint): void {
    this.done.add(offset);
    if (this.done.size > MOST_DONE) this.done.delete(first(this.done.values()));
  }
}

function first<T>(items: Iterator<T>): T {
  return items.next().value as T;
}
