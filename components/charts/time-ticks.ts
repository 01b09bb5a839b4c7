const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** Round times up to `max` seconds, at most about `count`. */
export function timeTicks(max: number, count: number): number[] {
  const step = STEPS.find((one) => max / one <= count) ?? Math.ceil(max / count / 86_400) * 86_400;
  const ticks: number[] = [];
  for (let at = step; at <= max; at += step) ticks.push(at);
  return ticks;
}
