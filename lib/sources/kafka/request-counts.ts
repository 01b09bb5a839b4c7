/** How many requests were sent to brokers, by kind as the protocol guide names it. */
export class RequestCounts {
  readonly #counts = new Map<string, number>();

  add(kind: string): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** Since this was made. */
  totals(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  get sum(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
