/**
 * What the lab's own processes really did, one JSON line each, in <home>/lab/truth. Times are epoch milliseconds of this
 * machine's clock, offsets numbers (the lab is small). Offsets are of `orders` unless it says otherwise.
 */

/** source.jsonl: the producer's records of one partition, acknowledged at `acked`; `events` are event times from `base` on. */
export interface SourceLine {
  sent: number;
  acked: number;
  p: number;
  base: number;
  events: number[];
}

/** enrich.jsonl: the processor's output for source offsets [from, to), acknowledged at `acked`; `out` its offset in `orders.enriched`, same partition. */
export interface EnrichLine {
  acked: number;
  p: number;
  from: number;
  to: number;
  /** Source offsets in the order written; left out when they are from…to-1. */
  offsets?: number[];
  out: number;
}

/** enrich-commits.jsonl: positions the processor committed. */
export interface EnrichCommitLine {
  at: number;
  p: Record<string, number>;
}

/** sink-read.jsonl: what the connector's consumer was handed of `orders.enriched`: partition → [first, next). */
export interface SinkReadLine {
  at: number;
  p: Record<string, [number, number]>;
}

/** sink-committed.jsonl: the connector's committed positions in `orders.enriched`, written when they moved. */
export interface SinkCommittedLine {
  at: number;
  p: Record<string, number>;
}

/** commits.jsonl: a commit that the catalog answered with 200, as it passed the proxy: asked and answered. */
export interface TableCommitLine {
  sent: number;
  at: number;
  table: string;
}

/** table.jsonl: rows of one snapshot as its Parquet files hold them: per source partition, source offset ranges [from, to). */
export interface TableLine {
  /** When the commit was answered, from when on the rows are visible. */
  at: number;
  snapshotId: string;
  committedAt: number;
  rows: number;
  ranges: Record<string, [number, number][]>;
}

export const TRUTH_FILES = {
  source: "source.jsonl",
  enrich: "enrich.jsonl",
  enrichCommits: "enrich-commits.jsonl",
  sinkRead: "sink-read.jsonl",
  sinkCommitted: "sink-committed.jsonl",
  commits: "commits.jsonl",
  table: "table.jsonl",
} as const;
