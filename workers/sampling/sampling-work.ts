import type { Lease } from "#lib/db/leases.ts";
import { findOpenConnection, listConnections, type OpenConnection } from "#lib/db/connections.ts";
import { log } from "#lib/log.ts";
import type { LeaseWork } from "../leases.ts";
import type { Interests } from "./interests.ts";
import { latest } from "./latest.ts";
import { SamplingLoop, type Sampled, type Sampler } from "./loop.ts";

/** The kinds of connection that are sampled on the tick. */
export type SampledKind = "cluster" | "connect" | "catalog";

export interface OpenSampler {
  sample: Sampler;
  close: () => Promise<void>;
}

export type MakeSampler = {
  [K in SampledKind]: (connection: OpenConnection<K>, interests: () => Promise<Interests>) => OpenSampler;
};

export interface SamplingDeps {
  intervalMs: number;
  interests: () => Promise<Interests>;
  make: MakeSampler;
  stored: (tick: Date) => Promise<void>;
}

const RESTART_MS = 2_000;
const KINDS: readonly SampledKind[] = ["cluster", "connect", "catalog"];

/** One loop a leased connection. A changed connection gets a new loop under the lease it has. */
export class SamplingWork implements LeaseWork {
  private readonly loops = new Map<string, { loop: Promise<SamplingLoop | null>; lease: Lease; version: number }>();
  private readonly deps: SamplingDeps;
  private readonly listed = latest(() => listConnections(), 5_000);

  constructor(deps: SamplingDeps) {
    this.deps = deps;
  }

  async resources(): Promise<string[]> {
    const rows = (await this.listed()).filter((row) => isSampled(row.kind));
    for (const row of rows) {
      const running = this.loops.get(`${row.kind}:${row.id}`);
      if (running && running.version !== 0 && running.version !== row.updatedAt.getTime())
        await this.restart(running.lease);
    }
    return rows.map((row) => `${row.kind}:${row.id}`);
  }

  start(lease: Lease): void {
    const opened = this.open(lease);
    const entry = { loop: opened.then((o) => o?.loop ?? null).catch(() => null), lease, version: 0 };
    this.loops.set(lease.resource, entry);
    opened
      .then((o) => (entry.version = o?.version ?? 0))
      .catch((error: Error) => {
        log.error("sampling could not begin", { error, resource: lease.resource });
        this.ended(lease, "failed");
      });
  }

  async stop(resource: string): Promise<void> {
    const running = this.loops.get(resource);
    this.loops.delete(resource);
    await (await running?.loop.catch(() => null))?.stop();
  }

  private async restart(lease: Lease): Promise<void> {
    await this.stop(lease.resource);
    this.start(lease);
  }

  private async open(lease: Lease): Promise<{ loop: SamplingLoop; version: number } | null> {
    const [kind, connectionId] = lease.resource.split(":") as [SampledKind, string];
    const found = await this.sampler(kind, connectionId);
    if (found === null) return null;
    const { intervalMs, stored } = this.deps;
    const { sample, close } = found.sampler;
    const ended = (why: "lost" | "failed") => this.ended(lease, why);
    const loop = new SamplingLoop({ connectionId, lease, intervalMs, sampler: sample, stored, ended, close });
    return { loop, version: found.version };
  }

  /** After a fault of ours the loop begins anew from what is stored, as long as the lease is ours. */
  private ended(lease: Lease, why: "lost" | "failed"): void {
    const running = this.loops.get(lease.resource);
    if (running?.lease !== lease) return;
    if (why === "lost") this.loops.delete(lease.resource);
    else setTimeout(() => this.loops.get(lease.resource) === running && this.start(lease), RESTART_MS).unref();
  }

  /** A connection that cannot be opened is sampled all the same: each tick fails with the reason, and no other suffers. */
  private async sampler(kind: SampledKind, id: string): Promise<{ sampler: OpenSampler; version: number } | null> {
    const row = (await listConnections()).find((one) => one.id === id && one.kind === kind);
    if (!row) return null;
    const version = row.updatedAt.getTime();
    try {
      const sampler = await this.make(kind, id);
      return sampler && { sampler, version };
    } catch (error) {
      log.error("a connection could not be opened", { error: error as Error, connection: row.name });
      return { sampler: unopened(row.name), version };
    }
  }

  private async make(kind: SampledKind, id: string): Promise<OpenSampler | null> {
    const { make, interests } = this.deps;
    switch (kind) {
      case "cluster": {
        const found = await findOpenConnection(kind, id);
        return found && make.cluster(found, interests);
      }
      case "connect": {
        const found = await findOpenConnection(kind, id);
        return found && make.connect(found, interests);
      }
      case "catalog": {
        const found = await findOpenConnection(kind, id);
        return found && make.catalog(found, interests);
      }
    }
  }
}

function unopened(name: string): OpenSampler {
  const error = `The secret of ${name} cannot be opened: check that TIDEMARK_KEK is the key it was stored with, or apply the connection again.`;
  const failed: Sampled = {
    rows: {},
    outcome: "failed",
    errorCode: "error",
    error,
    positionsAt: null,
    endsAt: null,
    requests: 0,
  };
  return { sample: () => Promise.resolve(failed), close: () => Promise.resolve() };
}

const isSampled = (kind: string): kind is SampledKind => KINDS.some((known) => known === kind);
