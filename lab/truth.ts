import path from "node:path";
import type { JournalEntry } from "./journal.ts";
import { DEFAULT_HOME, labPaths } from "./lab-paths.ts";
import { LineReader } from "./truth/line-reader.ts";
import { PartitionTruth, type Waiting } from "./truth/partition-truth.ts";
import { type SinkEvent, SinkPositions } from "./truth/sink-positions.ts";
import {
  type EnrichLine,
  type SinkCommittedLine,
  type SinkReadLine,
  type SourceLine,
  type TableLine,
  TRUTH_FILES,
} from "./truth/truth-log.ts";

/** Hops of the feed orders-activity as the truth tells them; `topic` is orders.enriched as read_committed readers see it. */
export const TRUTH_HOPS = ["source", "enrich", "topic", "sink", "table"] as const;
export type TruthHopName = (typeof TRUTH_HOPS)[number];

export interface TruthHop {
  hop: TruthHopName;
  /** Event time (epoch ms) up to which everything that had arrived had truly passed this hop and those before it. */
  tidemark: number;
  /** How much further back it is than the hop's before it. */
  holdMs: number;
  /** Records of all partitions that had arrived and not passed; 0 for the source. */
  waiting: number;
  /** Least event time among those that wait (late ones included); null when none waits. */
  oldestWaiting: number | null;
  /** The partition that is furthest back; null when nothing waits. */
  partition: number | null;
  /** Per partition of `orders`, the next source offset not passed; absent where nothing is known. */
  positions: Record<number, number>;
}

export interface TruthReading {
  at: number;
  hops: Record<TruthHopName, TruthHop>;
  ageMs: number;
  /** The hop with the largest hold; null when nothing is held. In health that is the table, between two commits. */
  heldBy: TruthHopName | null;
  /** Incidents that were on. */
  incidents: string[];
  /** Per partition of orders.enriched, what the connector's group had committed. */
  sinkCommitted: Record<number, number>;
}

/** A partition without a record for this long is not waited for. */
const ACTIVE_MS = 15_000;

/**
 * What really happened in the lab, from logs of the programs themselves and rows read from the table. It shares no code
 * with what it judges. Ask about an instant at least three seconds after it: logs and rows are written a moment later.
 */
export class Truth {
  private readonly partitions = new Map<number, PartitionTruth>();
  private readonly sink = new SinkPositions();
  private readonly journal: JournalEntry[] = [];
  private readonly readers: {
    source: LineReader<SourceLine>;
    enrich: LineReader<EnrichLine>;
    read: LineReader<SinkReadLine>;
    committed: LineReader<SinkCommittedLine>;
    table: LineReader<TableLine>;
    journal: LineReader<JournalEntry>;
  };

  constructor(home: string = DEFAULT_HOME) {
    const paths = labPaths(home);
    const file = (name: string): string => path.join(paths.truth, name);
    this.readers = {
      source: new LineReader(file(TRUTH_FILES.source)),
      enrich: new LineReader(file(TRUTH_FILES.enrich)),
      read: new LineReader(file(TRUTH_FILES.sinkRead)),
      committed: new LineReader(file(TRUTH_FILES.sinkCommitted)),
      table: new LineReader(file(TRUTH_FILES.table)),
      journal: new LineReader(paths.journal),
    };
  }

  /** Reads what was written since the last time. */
  refresh(): void {
    const { source, enrich, read, committed, table, journal } = this.readers;
    for (const line of source.next()) this.partition(line.p).addSource(line);
    for (const line of enrich.next()) this.partition(line.p).addEnriched(line);
    for (const line of table.next()) {
      for (const [p, ranges] of Object.entries(line.ranges)) this.partition(Number(p)).addRows(line.at, ranges);
    }
    const events: SinkEvent[] = [];
    for (const line of read.next()) events.push({ at: line.at, kind: "read", line });
    for (const line of committed.next()) events.push({ at: line.at, kind: "committed", line });
    for (const entry of journal.next()) {
      this.journal.push(entry);
      if (entry.event === "incident on" && entry.details?.["incident"] === "kill-connect") {
        events.push({ at: Date.parse(entry.at), kind: "lost" });
      }
    }
    this.sink.add(events);
  }

  /** The truth at an instant (epoch ms). Throws when it lies before what the logs still tell. */
  at(instant: number): TruthReading {
    const from = Math.max(...[...this.partitions.values()].map((partition) => partition.knownFrom() ?? Infinity));
    if (this.partitions.size === 0 || instant < from) {
      throw new Error(`The lab's truth does not reach back to ${new Date(instant).toISOString()}`);
    }
    const hops = {} as Record<TruthHopName, TruthHop>;
    let before = instant;
    for (const name of TRUTH_HOPS) {
      const hop = name === "source" ? this.sourceAt(instant) : this.hopAt(name, instant, before);
      hops[name] = hop;
      before = hop.tidemark;
    }
    return {
      at: instant,
      hops,
      ageMs: instant - before,
      heldBy: largestHold(hops),
      incidents: this.incidentsAt(instant),
      sinkCommitted: this.perPartition((p) => this.sink.committedAt(p, instant)),
    };
  }

  /** Incidents that were on at an instant. */
  incidentsAt(instant: number): string[] {
    const on = new Set<string>();
    for (const { at, event, details } of this.journal) {
      if (Date.parse(at) > instant) break;
      if (event === "incident begins") on.add(String(details?.["incident"]));
      if (event === "incident failed") on.delete(String(details?.["incident"]));
      if (event === "incidents off" || event === "lab up") on.clear();
    }
    return [...on];
  }

  private sourceAt(instant: number): TruthHop {
    let worst = { latenessMs: 0, partition: null as number | null };
    for (const [p, partition] of this.partitions) {
      const last = partition.lastArrival(instant);
      if (!last || instant - last.arrived > ACTIVE_MS || last.latenessMs <= worst.latenessMs) continue;
      worst = { latenessMs: last.latenessMs, partition: p };
    }
    const tidemark = instant - worst.latenessMs;
    const positions = {};
    return {
      hop: "source",
      tidemark,
      holdMs: worst.latenessMs,
      waiting: 0,
      oldestWaiting: null,
      partition: worst.partition,
      positions,
    };
  }

  private hopAt(hop: Exclude<TruthHopName, "source">, instant: number, before: number): TruthHop {
    const answer: TruthHop = {
      hop,
      tidemark: before,
      holdMs: 0,
      waiting: 0,
      oldestWaiting: null,
      partition: null,
      positions: {},
    };
    for (const [p, partition] of this.partitions) {
      const position = this.positionAt(hop, p, partition, instant);
      if (position === null) continue;
      answer.positions[p] = position;
      const waiting = partition.waitingAt(instant, position);
      if (waiting) addWaiting(answer, p, waiting);
    }
    answer.holdMs = before - answer.tidemark;
    return answer;
  }

  /** Next source offset that the hop had not passed; null when its log does not reach back that far. */
  private positionAt(
    hop: Exclude<TruthHopName, "source">,
    p: number,
    partition: PartitionTruth,
    instant: number,
  ): number | null {
    if (hop === "table") return partition.inTable.at(instant);
    const enriched = partition.enriched.at(instant);
    if (hop === "enrich" || enriched === null) return enriched;
    if (hop === "topic") {
      const open = this.openTransaction(p, instant);
      return open === null ? enriched : Math.min(enriched, partition.toSource(open));
    }
    const read = this.sink.readAt(p, instant);
    return read === null ? null : Math.min(enriched, partition.toSource(read));
  }

  /** Offset in orders.enriched from which an open transaction hides the partition; null when none does. */
  private openTransaction(p: number, instant: number): number | null {
    let open: number | null = null;
    for (const { at, event, details } of this.journal) {
      if (Date.parse(at) > instant) break;
      if (event === "transaction left open" && details?.["partition"] === p) open = Number(details["offset"]);
      if (event === "incidents off" || event === "lab up") open = null;
    }
    return open;
  }

  private perPartition(of: (p: number) => number | null): Record<number, number> {
    const known = [...this.partitions.keys()].flatMap((p) => {
      const value = of(p);
      return value === null ? [] : [[p, value] as const];
    });
    return Object.fromEntries(known);
  }

  private partition(p: number): PartitionTruth {
    const known = this.partitions.get(p);
    if (known) return known;
    const made = new PartitionTruth();
    this.partitions.set(p, made);
    return made;
  }
}

/** The truth at one instant, read from the logs anew; for many instants keep a `Truth` and `refresh` it. */
export function truthAt(instant: Date | number, options: { home?: string } = {}): TruthReading {
  const truth = new Truth(options.home);
  truth.refresh();
  return truth.at(Number(instant));
}

function addWaiting(hop: TruthHop, p: number, waiting: Waiting): void {
  hop.waiting += waiting.records;
  hop.oldestWaiting = Math.min(hop.oldestWaiting ?? Infinity, waiting.oldest);
  if (waiting.frontier >= hop.tidemark) return;
  hop.tidemark = waiting.frontier;
  hop.partition = p;
}

function largestHold(hops: Record<TruthHopName, TruthHop>): TruthHopName | null {
  let largest: TruthHop | null = null;
  for (const name of TRUTH_HOPS) if (hops[name].holdMs > (largest?.holdMs ?? 0)) largest = hops[name];
  return largest?.hop ?? null;
}
