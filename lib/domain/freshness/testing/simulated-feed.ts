import type { ControlFact, EventPoint, TickFacts } from "../facts.ts";
import type { FeedPlan } from "../plan.ts";

/**
 * A small world that knows the truth: producers, a processor that commits now and then, an Iceberg sink that works in
 * rounds, a table. It moves in steps of 100 ms and shows the evaluator only what a sampler could see.
 */
export interface Faults {
  /** [from, to) in ms since the start. */
  processorStalled?: [number, number];
  connectorPaused?: [number, number];
  commitsRefused?: [number, number];
  producersStopped?: [number, number];
  producersLate?: [number, number];
  transactionHangs?: [number, number];
  catalogDown?: [number, number];
}

export interface WorldOptions {
  partitions: number;
  /** Records a second on each partition. */
  rate: number;
  processorCommitMs: number;
  roundMs: number;
  jitterMs: number;
  samplingMs: number;
  faults: Faults;
  /** Whether output records carry the source event time; else marks alone tell it. */
  carries?: boolean;
  random: () => number;
  /** Instant at which the world begins, ms. */
  start?: number;
}

interface Rec {
  eventTime: number;
  /** Largest event time of its partition up to here: late data moves no tidemark. */
  frontier: number;
  arrivedAt: number;
}

const START = 1_800_000_000_000;
const STEP = 100;
const during = (span: [number, number] | undefined, t: number) => span !== undefined && t >= span[0] && t < span[1];

export class SimulatedFeed {
  options: WorldOptions;
  t = 0;
  source: Rec[][];
  output: Rec[][];
  processed: number[];
  committed: number[];
  read: number[];
  sinkCommitted: number[];
  table: number[];
  stable: (number | null)[];
  control: ControlFact[] = [];
  controlEnd = 0;
  shownControl = 0;
  snapshot = 0;
  coordinator = 0;
  roundAt = 0;
  round: { startedAt: number; answeredAt: number | null; positions: number[]; id: number } | null = null;
  asked = new Map<string, number>();

  constructor(options: WorldOptions) {
    this.options = options;
    const zeros = () => Array.from({ length: options.partitions }, () => 0);
    this.source = Array.from({ length: options.partitions }, () => []);
    this.output = Array.from({ length: options.partitions }, () => []);
    [this.processed, this.committed, this.read, this.sinkCommitted, this.table] = [
      zeros(),
      zeros(),
      zeros(),
      zeros(),
      zeros(),
    ];
    this.stable = this.source.map(() => null);
    this.roundAt = options.roundMs;
  }

  get now() {
    return (this.options.start ?? START) + this.t;
  }

  plan(): FeedPlan {
    const common = { cadenceMs: null, owner: "team" };
    return {
      contractVersion: 1,
      objectiveMs: 60_000,
      toleratedMs: 30_000,
      samplingMs: this.options.samplingMs,
      sourceOwner: "team",
      sources: [{ topic: "in", maxSilenceMs: null }],
      hops: [
        {
          ...common,
          kind: "processor",
          hop: "enrich",
          after: ["source"],
          subject: "g",
          group: "g",
          inputs: ["in"],
          isolation: "read_uncommitted",
          proof: "exact",
          output: { topic: "out", carries: this.options.carries ?? true },
          emits: null,
          icebergSink: false,
        },
        { ...common, kind: "topic", hop: "out", after: ["enrich"], subject: "out", topic: "out" },
        {
          ...common,
          kind: "connector",
          hop: "sink",
          after: ["out"],
          subject: "s",
          group: "s",
          inputs: ["out"],
          isolation: "read_committed",
          proof: "exact",
          output: null,
          emits: null,
          icebergSink: true,
        },
        {
          ...common,
          kind: "table",
          hop: "table",
          after: ["sink"],
          subject: "t",
          inputs: ["out"],
          isolation: "read_committed",
          connectorHop: "sink",
        },
      ],
    };
  }

  run(ms: number) {
    for (let end = this.t + ms; this.t < end; this.t += STEP) this.step();
  }

  private step() {
    const { faults, partitions, rate, jitterMs, processorCommitMs } = this.options;
    const late = during(faults.producersLate, this.t) ? 300_000 : 0;
    for (let p = 0; p < partitions; p++) {
      if (!during(faults.producersStopped, this.t) && this.options.random() < (rate * STEP) / 1000) {
        const eventTime = this.now - late - Math.floor(this.options.random() * jitterMs);
        const frontier = Math.max(eventTime, this.source[p]!.at(-1)?.frontier ?? 0);
        this.source[p]!.push({ eventTime, frontier, arrivedAt: this.now });
      }
      if (!during(faults.processorStalled, this.t)) this.process(p);
    }
    if (!during(faults.processorStalled, this.t) && this.t % processorCommitMs === 0)
      this.committed = [...this.processed];
    this.hang();
    this.sink();
  }

  private process(p: number) {
    for (; this.processed[p]! < this.source[p]!.length; this.processed[p]!++) {
      this.output[p]!.push({ ...this.source[p]![this.processed[p]!]!, arrivedAt: this.now });
    }
  }

  private hang() {
    const hangs = during(this.options.faults.transactionHangs, this.t);
    this.stable[0] = hangs ? (this.stable[0] ?? this.output[0]!.length) : null;
  }

  private readable(p: number) {
    return this.stable[p] ?? this.output[p]!.length;
  }

  private sink() {
    const { faults, roundMs } = this.options;
    const paused = during(faults.connectorPaused, this.t);
    if (!paused) this.read = this.read.map((_, p) => this.readable(p));
    if (this.round === null && this.t >= this.roundAt && !paused) this.begin();
    if (this.round && this.round.answeredAt === null && this.t - this.round.startedAt >= 200 && !paused) this.answer();
    if (this.round?.answeredAt != null && this.t - this.round.answeredAt >= 300)
      this.commit(during(faults.commitsRefused, this.t) || during(faults.catalogDown, this.t));
    if (this.round === null && this.roundAt <= this.t) this.roundAt = this.t + roundMs;
  }

  private announce(type: ControlFact["type"], positions: (number | null)[] = []) {
    const assignments = positions.map((offset, partition) => ({ topic: "out", partition, offset }));
    const rows = type === "DATA_WRITTEN" ? 1 : null;
    this.control.push({
      partition: 0,
      offset: this.controlEnd,
      at: this.now,
      type,
      commitId: String(this.round?.id),
      table: type === "DATA_WRITTEN" ? "t" : null,
      rows,
      assignments,
    });
    this.controlEnd += 2;
  }

  private begin() {
    this.round = { startedAt: this.t, answeredAt: null, positions: [], id: this.t };
    this.announce("START_COMMIT");
  }

  private answer() {
    const round = this.round!;
    round.answeredAt = this.t;
    round.positions = [...this.read];
    const moved = round.positions.map((o, p) => (o > this.sinkCommitted[p]! ? o : null));
    if (moved.some((o) => o !== null)) this.announce("DATA_WRITTEN");
    this.announce("DATA_COMPLETE", moved);
    this.sinkCommitted = [...round.positions];
  }

  private commit(refused: boolean) {
    if (!refused) {
      this.table = [...this.sinkCommitted];
      this.snapshot = this.controlEnd;
      this.coordinator = this.controlEnd;
    }
    this.round = null;
    this.roundAt = Math.max(this.roundAt, this.t - 500 + this.options.roundMs);
  }

  /** What a sampler sees now. */
  facts(): TickFacts {
    const { faults } = this.options;
    const control = this.control.slice(this.shownControl);
    this.shownControl = this.control.length;
    const down = during(faults.catalogDown, this.t);
    const points = [
      ...this.points("in", this.source, [this.committed]),
      ...this.points("out", this.output, [
        this.sinkCommitted,
        this.table,
        this.stable.map((s) => s ?? 0),
        ...this.announced(control),
      ]),
    ];
    const log = (topic: string, records: Rec[][], stable: (number | null)[]) => ({
      ok: true as const,
      value: {
        topicId: topic,
        partitions: records.map((r, p) => ({
          highWatermark: r.length,
          lastStableOffset: stable[p] ?? r.length,
          logStart: 0,
        })),
      },
    });
    return {
      tick: this.now,
      positionsAt: this.now,
      endsAt: this.now,
      logs: { in: log("in", this.source, []), out: log("out", this.output, this.stable) },
      groups: {
        g: { ok: true, value: { in: [...this.committed] } },
        s: { ok: true, value: { out: [...this.sinkCommitted] } },
      },
      members: { s: 1 },
      points,
      connectors: {
        sink: {
          ok: true,
          value: {
            status: during(faults.connectorPaused, this.t) ? "paused" : "running",
            note: null,
            commitIntervalMs: this.options.roundMs,
          },
        },
      },
      sinks: {
        table: {
          table: down
            ? { ok: false, because: { code: "unreachable", detail: "catalog" } }
            : {
                ok: true,
                value: {
                  snapshotOffsets: this.snapshot ? { 0: this.snapshot } : null,
                  tableUuid: "u",
                  snapshotId: "1",
                },
              },
          coordinator: { ok: true, value: { 0: this.coordinator } },
          control,
          tableName: "t",
        },
      },
    };
  }

  private announced(control: ControlFact[]): number[][] {
    return control.map((e) => this.output.map((_, p) => e.assignments.find((a) => a.partition === p)?.offset ?? 0));
  }

  /** The newest record of each partition, and the first at or after every position seen and not read yet. */
  private points(topic: string, records: Rec[][], positions: number[][]): EventPoint[] {
    return records.flatMap((log, partition) => {
      for (const list of positions) this.asked.set(`${topic}/${partition}/${list[partition]}`, list[partition]!);
      const wanted = [...this.asked].filter(([key, o]) => key.startsWith(`${topic}/${partition}/`) && o < log.length);
      for (const [key] of wanted) this.asked.delete(key);
      const offsets = new Set([...wanted.map(([, o]) => o), ...(log.length > 0 ? [log.length - 1] : [])]);
      return [...offsets].map((offset) => ({
        topic,
        topicId: topic,
        partition,
        offset,
        foundOffset: offset,
        emptyUpTo: null,
        eventTime: log[offset]!.eventTime,
        recordTimestamp: log[offset]!.arrivedAt,
        logAppendTime: false,
      }));
    });
  }

  /** Event time up to which everything has truly passed: that of the oldest record that has not; now when all have. */
  truth(hop: "enrich" | "out" | "sink" | "table"): number {
    const passed = {
      enrich: this.processed,
      out: this.stable.map((s, p) => s ?? this.source[p]!.length),
      sink: this.read,
      table: this.table,
    }[hop];
    const waiting = this.source.flatMap((log, p) =>
      log.slice(Math.min(passed[p]!, this.processed[p]!)).map((r) => r.frontier),
    );
    return Math.min(this.now, ...waiting);
  }

  /** How late the records of the last `ms` were when they arrived, worst of the partitions' newest, ms. */
  sourceDelay(ms: number): number {
    const newest = this.source.flatMap((log) => log.at(-1) ?? []).filter((r) => r.arrivedAt >= this.now - ms);
    return Math.max(0, ...newest.map((r) => r.arrivedAt - r.frontier));
  }
}
