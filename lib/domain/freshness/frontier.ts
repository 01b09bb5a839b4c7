/**
 * The frontier of a partition: the largest event time seen at or before an offset. It is kept as a rising staircase of
 * points; leaving a point out only makes an answer earlier, so thinning is safe.
 */
export interface FrontierPoint {
  offset: number;
  eventTime: number;
}

const MOST_POINTS = 240;

/** Adds what was read at `offset`. A later record with an earlier event time (late data) moves nothing. */
export function addPoint(points: FrontierPoint[], offset: number, eventTime: number): FrontierPoint[] {
  const before = points.filter((p) => p.offset <= offset);
  const floor = before.at(-1)?.eventTime ?? Number.NEGATIVE_INFINITY;
  const known = before.at(-1)?.offset === offset;
  if (eventTime <= floor && (known || before.length > 0)) return points;
  const kept = known ? before.slice(0, -1) : before;
  const after = points.filter((p) => p.offset > offset && p.eventTime > eventTime);
  return [...kept, { offset, eventTime }, ...after];
}

/** Largest event time seen at or before `offset`; null when nothing was read there yet. */
export function frontierAt(points: FrontierPoint[], offset: number): number | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as FrontierPoint).offset <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : (points[low - 1] as FrontierPoint).eventTime;
}

/** An event time the frontier has not passed at `offset`: the first point at or after it; null when none is known. */
export function frontierCeiling(points: FrontierPoint[], offset: number): number | null {
  return points.find((p) => p.offset >= offset)?.eventTime ?? null;
}

/** Forgets what no reader needs any more (all below `slowest` but one) and thins the rest evenly. */
export function prunePoints(points: FrontierPoint[], slowest: number): FrontierPoint[] {
  const from = points.findLastIndex((p) => p.offset <= slowest);
  const needed = from > 0 ? points.slice(from) : points;
  if (needed.length <= MOST_POINTS) return needed;
  return needed.filter((_, i) => i === 0 || i >= needed.length - MOST_POINTS / 2 || i % 2 === 0);
}

/** Forgets points above a log that was cut back to `end`. */
export function truncatePoints(points: FrontierPoint[], end: number): FrontierPoint[] {
  return points.filter((p) => p.offset < end);
}
