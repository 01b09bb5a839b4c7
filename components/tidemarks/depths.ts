import type { HopNow } from "#lib/views/feed-now.ts";

/** Where one hop's line stands: seconds back from now. */
export interface Mark {
  hop: HopNow;
  /** Where its predecessors stand; its holds hang from here. */
  top: number;
  /** Where it stands; null when it could not be measured. */
  at: number | null;
  /** A hop before it is unmeasured: `top` and `at` are what is proven, and it may stand deeper. */
  beyondUnknown: boolean;
  /** It holds the data back. */
  fault: boolean;
}

export interface Depths {
  marks: Mark[];
  /** Depth of the target: the age, or what is proven of it. */
  age: number;
  /** Some hop on the way is unmeasured: the age is at least this. */
  unknown: boolean;
  /** The marks whose holds add up to the age, first to last. */
  path: Mark[];
}

/** Follows the hops in order; with several predecessors a hop hangs from the deepest. */
export function depthsOf(hops: readonly HopNow[], heldBy: string | null): Depths {
  const byName = new Map<string, Mark>();
  const marks = hops.map((hop): Mark => {
    const before = hop.after.flatMap((name) => byName.get(name) ?? []);
    const top = Math.max(0, ...before.map(standsAt));
    const beyondUnknown = before.some((mark) => mark.at === null || mark.beyondUnknown);
    const at = hop.holdSeconds === null ? null : top + hop.holdSeconds;
    const mark = { hop, top, at, beyondUnknown, fault: hop.hop === heldBy };
    byName.set(hop.hop, mark);
    return mark;
  });
  const path = worstPath(marks.at(-1), byName);
  const last = marks.at(-1);
  return {
    marks,
    age: last ? standsAt(last) : 0,
    unknown: marks.some((mark) => mark.at === null),
    path,
  };
}

const standsAt = (mark: Mark): number => mark.at ?? mark.top;

function worstPath(last: Mark | undefined, byName: ReadonlyMap<string, Mark>): Mark[] {
  const path: Mark[] = [];
  for (let mark = last; mark && path.length < byName.size;) {
    path.unshift(mark);
    const before: Mark[] = mark.hop.after.flatMap((name) => byName.get(name) ?? []);
    mark = before.toSorted((a, b) => standsAt(b) - standsAt(a))[0];
  }
  return path;
}

export interface Bar {
  seconds: number;
  worst: boolean;
}

/** One bar a partition, in order; where there are more than fit, each bar is the worst of its neighbours. */
export function barsOf(hop: HopNow, most: number): Bar[] {
  const holds = hop.partitions.map((partition) => partition.holdSeconds ?? 0);
  if (holds.length === 0) return [];
  const worst = holds.indexOf(Math.max(...holds));
  const size = Math.max(1, Math.ceil(holds.length / Math.max(1, most)));
  const bars: Bar[] = [];
  for (let from = 0; from < holds.length; from += size) {
    const bundle = holds.slice(from, from + size);
    const isWorst = worst >= from && worst < from + size && (holds[worst] ?? 0) > 0;
    bars.push({ seconds: Math.max(...bundle), worst: isWorst });
  }
  return bars;
}

/** `p7 alone` when one partition waits and the others hardly do, `all 12 partitions, p7 worst`, else `p7`. */
export function worstWords(hop: HopNow): string | null {
  if (hop.partition === null || hop.holdSeconds === null || hop.holdSeconds === 0) return null;
  const name = `p${hop.partition}`;
  const holds = hop.partitions.map((partition) => partition.holdSeconds ?? 0);
  if (holds.length < 2) return name;
  const near = holds.filter((seconds) => seconds > (hop.holdSeconds ?? 0) / 2).length;
  if (near === 1) return `${name} alone`;
  return near === holds.length
    ? `all ${holds.length} partitions, ${name} worst`
    : `${near} of ${holds.length} partitions, ${name} worst`;
}
