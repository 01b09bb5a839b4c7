import { Connection, type ConnectionOptions, ConnectionStatuses } from "@platformatic/kafka";
import { isIP } from "node:net";
import { checkHost } from "../../outbound.ts";
import { asSourceError, SourceError } from "../source-error.ts";
import { by, type Deadline, deadlineIn } from "./deadline.ts";
import { connectionError } from "./kafka-errors.ts";
import type { KafkaCall } from "./protocol/kafka-call.ts";
import { apiVersionsCall } from "./protocol/library-calls.ts";

export interface BrokerAddress {
  host: string;
  port: number;
}

export interface LinkSettings {
  clientId: string;
  /** Whether loopback and private addresses are allowed. */
  trusted: boolean;
  connection: ConnectionOptions;
  /** A name that the broker's certificate must carry, instead of the broker's own. */
  serverName: string | null;
  /** Request kind → newest version to use: an older broker's ways, on a new broker. For tests. */
  ceilings: ReadonlyMap<string, number>;
  onRequest: (kind: string) => void;
}

interface Open {
  connection: Connection;
  /** API key → versions that the broker speaks. */
  versions: ReadonlyMap<number, { min: number; max: number }>;
}

export const REQUEST_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** After a broker could not be reached or went silent, calls fail at once for this long. */
const REST_MS = 1_500;

/**
 * One connection to one broker, opened when it is needed and again after it was lost. Its name is resolved and checked at
 * each opening and the checked address connected to.
 */
export class BrokerLink {
  readonly #address: BrokerAddress;
  readonly #settings: LinkSettings;
  #opening: Promise<Open> | null = null;
  #open: Open | null = null;
  #rest: { until: number; because: SourceError } | null = null;

  constructor(address: BrokerAddress, settings: LinkSettings) {
    this.#address = address;
    this.#settings = settings;
  }

  get name(): string {
    return `broker ${this.#address.host}:${this.#address.port}`;
  }

  isOpen(): boolean {
    return this.#open?.connection.isConnected() ?? false;
  }

  /** The version in which `call` would be made. */
  async versionOf<A extends unknown[], R>(call: KafkaCall<A, R>, deadline: Deadline): Promise<number> {
    return this.#choose(call, await this.#getOpen(deadline)).version;
  }

  /**
   * One request. An answer in which some items failed is an answer. A connection that was lost while idle is opened again
   * once; a failure is a SourceError.
   */
  async call<A extends unknown[], R>(call: KafkaCall<A, R>, deadline: Deadline, ...args: A): Promise<R> {
    const wasOpen = this.isOpen();
    try {
      return await this.#once(call, deadline, args);
    } catch (error) {
      const known = asSourceError(error);
      if (!wasOpen || known.code !== "unreachable") throw known;
      this.#rest = null;
      return this.#once(call, deadline, args);
    }
  }

  async close(): Promise<void> {
    const open = this.#open ?? (await this.#opening?.catch(() => null)) ?? null;
    this.#open = null;
    this.#opening = null;
    await open?.connection.close().catch(() => undefined);
  }

  async #once<A extends unknown[], R>(call: KafkaCall<A, R>, deadline: Deadline, args: A): Promise<R> {
    const open = await this.#getOpen(deadline);
    const api = this.#choose(call, open);
    this.#settings.onRequest(call.kind);
    try {
      return await by(deadline, api.async(open.connection, ...args), `${call.kind} at ${this.name}`);
    } catch (error) {
      const partial = partialAnswer<R>(error);
      if (partial !== null) return partial;
      const known = connectionError(error, this.name);
      if (known.code === "unreachable" || known.code === "timeout") this.#lose(open, known);
      throw known;
    }
  }

  #choose<A extends unknown[], R>(call: KafkaCall<A, R>, open: Open) {
    const range = open.versions.get(call.key);
    const newest = Math.min(range?.max ?? -1, this.#settings.ceilings.get(call.kind) ?? Infinity);
    const api = range && call.apis.find(({ version }) => version >= range.min && version <= newest);
    if (!api)
      throw new SourceError("unsupported", `${this.name} does not speak ${call.kind} in a version we know`, {
        kafkaCode: 35,
      });
    return api;
  }

  async #getOpen(deadline: Deadline): Promise<Open> {
    const open = this.#open;
    if (open?.connection.isConnected()) return open;
    if (open?.connection.status === ConnectionStatuses.REAUTHENTICATING) {
      await by(deadline, open.connection.ready(), `Signing in again at ${this.name}`);
      return open;
    }
    if (this.#rest !== null && performance.now() < this.#rest.until) throw this.#rest.because;
    this.#opening ??= this.#connect().finally(() => (this.#opening = null));
    return by(deadline, this.#opening, `Connecting to ${this.name}`);
  }

  async #connect(): Promise<Open> {
    try {
      const addresses = await checkHost(this.#address.host, this.#settings.trusted);
      const connection = await this.#connectToOne(addresses);
      const versions = await this.#askVersions(connection);
      this.#open = { connection, versions };
      this.#rest = null;
      return this.#open;
    } catch (error) {
      const known =
        error instanceof Error && error.name === "OutboundError"
          ? asSourceError(error)
          : connectionError(error, this.name);
      this.#rest = { until: performance.now() + REST_MS, because: known };
      throw known;
    }
  }

  async #connectToOne(addresses: readonly string[]): Promise<Connection> {
    let last: unknown;
    for (const address of addresses.slice(0, 4)) {
      const connection = new Connection(this.#settings.clientId, this.#options());
      // Without a listener, an error after the first one would end the process.
      connection.on("error", () => undefined);
      connection.once("close", () => this.#forget(connection));
      try {
        await connection.connect(address, this.#address.port);
        return connection;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  #options(): ConnectionOptions {
    const { connection, serverName } = this.#settings;
    const name = serverName ?? (isIP(this.#address.host) === 0 ? this.#address.host : null);
    return {
      ...connection,
      connectTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      maxInflights: 16,
      ...(connection.tls && name !== null ? { tlsServerName: name } : {}),
    };
  }

  async #askVersions(connection: Connection): Promise<Open["versions"]> {
    this.#settings.onRequest(apiVersionsCall.kind);
    const ask = apiVersionsCall.apis[0]?.async(connection, "tidemark", "1") ?? Promise.reject(new Error("no version"));
    const answer = await by(deadlineIn(CONNECT_TIMEOUT_MS), ask, `ApiVersions at ${this.name}`).catch(
      (error: unknown) => {
        connection.close().catch(() => undefined);
        throw error;
      },
    );
    return new Map(answer.apiKeys.map((api) => [api.apiKey, { min: api.minVersion, max: api.maxVersion }]));
  }

  #lose(open: Open, because: SourceError): void {
    this.#forget(open.connection);
    this.#rest = { until: performance.now() + REST_MS, because };
    open.connection.close().catch(() => undefined);
  }

  #forget(connection: Connection): void {
    if (this.#open?.connection === connection) this.#open = null;
  }
}

/** The library's parsers throw when any item failed, with the answer as `response`; one without items is no answer. */
function partialAnswer<R>(error: unknown): R | null {
  if (!(error instanceof Error) || !("response" in error)) return null;
  return (error.response ?? null) as R | null;
}
