/** A value read again when it is older than `maxAgeMs`: contracts and connections change seldom, ticks are many. */
export function latest<T>(read: () => Promise<T>, maxAgeMs: number): () => Promise<T> {
  let value: Promise<T> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (value === undefined || Date.now() - readAt > maxAgeMs) {
      readAt = Date.now();
      value = read().catch((error: unknown) => {
        value = undefined;
        throw error;
      });
    }
    return value;
  };
}
