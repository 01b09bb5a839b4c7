/** A number that changes at instants: what it was at any of them. Times are epoch ms, appended in order. */
export class StepSeries {
  private readonly times: number[] = [];
  private readonly values: number[] = [];

  /** The value from that instant on. An instant before the last one counts as the last one. */
  set(at: number, value: number): void {
    const last = this.times.at(-1);
    if (this.values.at(-1) === value) return;
    this.times.push(last === undefined ? at : Math.max(at, last));
    this.values.push(value);
  }

  latest(): number | null {
    return this.values.at(-1) ?? null;
  }

  /** null before its first instant. */
  at(instant: number): number | null {
    const index = lastAtMost(this.times, instant);
    return index < 0 ? null : (this.values[index] ?? null);
  }
}

/** Index of the last element that is at most `limit` in a rising array; -1 when there is none. */
export function lastAtMost(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
