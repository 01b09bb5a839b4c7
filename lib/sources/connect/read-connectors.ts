import { z } from "zod";
import type { ConnectConfig, ConnectionSecret } from "#lib/domain/connections/connection-config.ts";
import { scrub } from "../../log.ts";
import { HttpSource, parseJson } from "../http-source.ts";
import { SourceError } from "../source-error.ts";

export interface ConnectorTask {
  id: number;
  /** As Connect says it: RUNNING, PAUSED, FAILED, UNASSIGNED, RESTARTING. */
  state: string;
  /** Why it failed: the first line of its trace, secrets masked. */
  because: string | null;
}

export interface Connector {
  name: string;
  /** RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED, RESTARTING. */
  state: string;
  tasks: ConnectorTask[];
  /** Only the keys of `READ_KEYS`: a connector's configuration holds passwords. */
  config: Record<string, string>;
}

/** All that is ever taken from a connector's configuration. */
const READ_KEYS = [
  "connector.class",
  "tasks.max",
  "topics",
  "topics.regex",
  "iceberg.tables",
  "iceberg.control.topic",
  "iceberg.control.commit.interval-ms",
  "iceberg.control.commit.timeout-ms",
  "iceberg.connect.group-id",
  "consumer.override.group.id",
  "consumer.override.isolation.level",
] as const;

const Task = z.object({ id: z.number(), state: z.string(), trace: z.string().optional() });
const Listed = z.record(
  z.string(),
  z.object({
    status: z.object({ connector: z.object({ state: z.string() }), tasks: z.array(Task).default([]) }).optional(),
    info: z.object({ config: z.record(z.string(), z.unknown()).default({}) }).optional(),
  }),
);

/** Reads the connectors of a Kafka Connect cluster, all in one call (its REST API since Kafka 2.3). */
export class ConnectReader {
  readonly #subject: string;
  readonly #http: HttpSource;

  constructor(name: string, config: ConnectConfig, secret: ConnectionSecret) {
    this.#subject = `Connect ${name}`;
    const { url: baseUrl, auth, trusted } = config;
    this.#http = new HttpSource({ subject: this.#subject, baseUrl, auth, secret, trusted });
  }

  async connectors(): Promise<Connector[]> {
    const { text } = await this.#http.get("/connectors?expand=status&expand=info");
    const parsed = Listed.safeParse(parseJson(text, this.#subject));
    if (!parsed.success) throw new SourceError("malformed", `${this.#subject} listed its connectors in another shape.`);
    return Object.entries(parsed.data).map(([name, { status, info }]) => ({
      name,
      // A connector that was only just made has no status yet.
      state: status?.connector.state ?? "UNASSIGNED",
      tasks: (status?.tasks ?? []).map(readTask),
      config: allowed(info?.config ?? {}),
    }));
  }
}

function readTask({ id, state, trace }: z.infer<typeof Task>): ConnectorTask {
  const first = trace?.split("\n")[0]?.trim();
  return { id, state, because: first ? scrub(first).slice(0, 300) : null };
}

function allowed(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    READ_KEYS.flatMap((key) => (typeof config[key] === "string" ? [[key, config[key]] as const] : [])),
  );
}
