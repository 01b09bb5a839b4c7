import type { HopNow } from "#lib/views/feed-now.ts";

/**
 * A topic between two hops is worth a column only when something holds in it: an open transaction, or that it could not be
 * read. The target always has one. Those left out stay in the table twin; their readers follow what stood before them.
 */
export function foldQuietTopics(hops: readonly HopNow[]): HopNow[] {
  const target = hops.at(-1)?.hop;
  const folded = new Map(
    hops.filter((hop) => isQuietTopic(hop) && hop.hop !== target).map((hop) => [hop.hop, hop.after]),
  );
  const beyond = (name: string): string[] => folded.get(name)?.flatMap(beyond) ?? [name];
  return hops
    .filter((hop) => !folded.has(hop.hop))
    .map((hop) => ({ ...hop, after: [...new Set(hop.after.flatMap(beyond))] }));
}

const isQuietTopic = (hop: HopNow) => hop.kind === "topic" && hop.state === "measured" && hop.holdSeconds === 0;
