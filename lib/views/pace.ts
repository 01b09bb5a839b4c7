import type { FeedReading, HopReading } from "#lib/domain/freshness/reading.ts";
import { seconds } from "./explained.ts";

/**
 * How fast each hop's tidemark moved between two readings, against the clock: 1 keeps up, 0 does not move, above 1
 * catches up. Hops without a tidemark in both are left out.
 */
export function pacesOf(now: FeedReading | null, earlier: FeedReading | null): Record<string, number> {
  const elapsed = elapsedMs(now, earlier);
  if (now === null || earlier === null || elapsed === null) return {};
  const before = new Map(earlier.hops.map((hop) => [hop.hop, hop.tidemark]));
  const paces: Record<string, number> = {};
  for (const { hop, tidemark } of now.hops) {
    const then = before.get(hop) ?? null;
    if (tidemark === null || then === null) continue;
    paces[hop] = Math.round((100 * (Date.parse(tidemark) - Date.parse(then))) / elapsed) / 100;
  }
  return paces;
}

/** Offsets a second by which the source's log ends grew; null unless every partition is known in both readings. */
export function sourceRate(now: FeedReading | null, earlier: FeedReading | null): number | null {
  const elapsed = elapsedMs(now, earlier);
  const ends = logEnds(now);
  const before = logEnds(earlier);
  if (elapsed === null || ends === null || before === null || ends.partitions !== before.partitions) return null;
  const grown = ends.sum - before.sum;
  return grown < 0n ? null : Math.round((Number(grown) / elapsed) * 10_000) / 10;
}

/** What each hop held in the earlier of two readings. */
export function earlierHolds(
  now: FeedReading | null,
  earlier: FeedReading | null,
): { secondsBefore: number; holds: Record<string, number> } | null {
  const elapsed = elapsedMs(now, earlier);
  if (earlier === null || elapsed === null) return null;
  const holds = earlier.hops.flatMap(({ hop, holdMs }) => (holdMs === null ? [] : [[hop, seconds(holdMs)] as const]));
  return { secondsBefore: seconds(elapsed), holds: Object.fromEntries(holds) };
}

function elapsedMs(now: FeedReading | null, earlier: FeedReading | null): number | null {
  if (now === null || earlier === null) return null;
  const elapsed = Date.parse(now.tick) - Date.parse(earlier.tick);
  return elapsed > 0 ? elapsed : null;
}

function logEnds(reading: FeedReading | null): { sum: bigint; partitions: number } | null {
  const source: HopReading | undefined = reading?.hops.find((hop) => hop.kind === "source");
  if (!source || source.partitions.length === 0) return null;
  let sum = 0n;
  for (const { logEnd } of source.partitions) {
    if (logEnd === null) return null;
    sum += BigInt(logEnd);
  }
  return { sum, partitions: source.partitions.length };
}
