/**
 * Where a partition's log ended, cycle by cycle, and how far its writer's tidemark stood then (its mark).
 * Cycles in which the log did not move share one entry.
 */
export interface LogEntry {
  /** First and last cycle that saw this end, ms. */
  firstAt: number;
  lastAt: number;
  highWatermark: number;
  lastStableOffset: number;
  /** Tidemark of the topic's writer at the last such cycle; null when it was unmeasured, or for a source topic. */
  mark: number | null;
}

const DENSE_MS = 5 * 60_000;
const MOST_ENTRIES = 480;

export function observeEnd(entries: LogEntry[], entry: Omit<LogEntry, "firstAt" | "lastAt">, at: number): LogEntry[] {
  const last = entries.at(-1);
  if (last && last.highWatermark === entry.highWatermark && last.lastStableOffset === entry.lastStableOffset) {
    const mark = entry.mark === null ? last.mark : Math.max(entry.mark, last.mark ?? entry.mark);
    return [...entries.slice(0, -1), { ...last, lastAt: at, mark }];
  }
  return [...entries, { ...entry, firstAt: at, lastAt: at }];
}

export function endOf(entry: LogEntry, committed: boolean): number {
  return committed ? entry.lastStableOffset : entry.highWatermark;
}

/** Where the log ended at `at`: the newest cycle not after it. Null when we were not looking yet. */
export function endAt(entries: LogEntry[], at: number, committed: boolean): number | null {
  const entry = entries.findLast((e) => e.firstAt <= at);
  return entry ? endOf(entry, committed) : null;
}

/** Where the log ended at the first cycle at or after `at`; null when there was none since. */
export function endAfter(entries: LogEntry[], at: number, committed: boolean): number | null {
  const entry = entries.find((e) => e.lastAt >= at);
  return entry ? endOf(entry, committed) : null;
}

/** The first cycle whose log end passed the record at `offset`; null when it was there at first contact. */
export function arrivedAt(entries: LogEntry[], offset: number): number | null {
  const index = entries.findIndex((e) => e.highWatermark > offset);
  return index <= 0 ? null : (entries[index] as LogEntry).firstAt;
}

/**
 * The writer's tidemark at the last cycle whose log ended at or below `position`. The whole log counts, also what an open
 * transaction hides from readers: the writer had written it.
 */
export function markAt(entries: LogEntry[], position: number): number | null {
  return entries.findLast((e) => e.highWatermark <= position)?.mark ?? null;
}

/** Keeps all of the last five minutes, one entry at or below the slowest reader, and a thinned rest. */
export function pruneEntries(entries: LogEntry[], slowest: number, now: number): LogEntry[] {
  const floor = entries.findLastIndex((e) => e.highWatermark <= slowest);
  const dense = entries.findIndex((e) => e.lastAt >= now - DENSE_MS);
  const from = Math.min(floor < 0 ? 0 : floor, dense < 0 ? entries.length - 1 : dense);
  const kept = entries.slice(Math.max(0, from));
  if (kept.length <= MOST_ENTRIES) return kept;
  return kept.filter((e, i) => i === 0 || e.lastAt >= now - DENSE_MS || i % 2 === 0);
}
