import type { ClusterConfig, ConnectionSecret } from "#lib/domain/connections/connection-config.ts";
import { asSourceError, SourceError } from "../source-error.ts";
import { type BrokerAddress, BrokerLink, type LinkSettings } from "./broker-link.ts";
import { atMost, type Deadline, msLeft } from "./deadline.ts";
import type { KafkaCall } from "./protocol/kafka-call.ts";
import { RequestCounts } from "./request-counts.ts";

const ONE_TRY_MS = 4_000;

/** The connections of one cluster: a link per broker, and the brokers to begin with. */
export class ClusterLinks {
  readonly counts = new RequestCounts();
  readonly principal: string;
  readonly #settings: LinkSettings;
  readonly #bootstrap: readonly BrokerAddress[];
  readonly #links = new Map<string, BrokerLink>();
  #brokers = new Map<number, BrokerAddress>();

  constructor(config: ClusterConfig, secret: ConnectionSecret, ceilings: LinkSettings["ceilings"]) {
    this.#settings = { ...linkSettings(config, secret), ceilings, onRequest: (kind) => this.counts.add(kind) };
    this.#bootstrap = config.bootstrap.map(parseHostPort);
    this.principal = config.sasl
      ? `User:${config.sasl.username}`
      : config.tls?.cert
        ? "the client certificate's user"
        : "User:ANONYMOUS";
  }

  get brokerIds(): number[] {
    return [...this.#brokers.keys()];
  }

  /** Takes the brokers that metadata told; links to brokers that are gone are closed. */
  setBrokers(brokers: readonly (BrokerAddress & { nodeId: number })[]): void {
    this.#brokers = new Map(brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]));
    const kept = new Set([...brokers, ...this.#bootstrap].map(addressKey));
    for (const [key, link] of this.#links) {
      if (kept.has(key)) continue;
      this.#links.delete(key);
      void link.close();
    }
  }

  /** A broker that a coordinator lookup told of may be newer than the metadata. */
  addBroker(nodeId: number, address: BrokerAddress): void {
    if (!this.#brokers.has(nodeId)) this.#brokers.set(nodeId, address);
  }

  /** The link to a broker by its id. */
  link(broker: number): BrokerLink {
    const address = this.#brokers.get(broker);
    if (!address) throw new SourceError("unreachable", `Broker ${broker} is not in the cluster's metadata`);
    return this.#linkTo(address);
  }

  /** Asks any broker: open ones first, then known ones, then those to begin with. The first answer counts. */
  async askAny<A extends unknown[], R>(call: KafkaCall<A, R>, deadline: Deadline, ...args: A): Promise<R> {
    const failures: SourceError[] = [];
    for (const link of this.#candidates()) {
      if (msLeft(deadline) === 0) break;
      try {
        return await link.call(call, atMost(deadline, ONE_TRY_MS), ...args);
      } catch (error) {
        failures.push(asSourceError(error));
      }
    }
    throw worstOf(failures);
  }

  /** An open link, else one to whichever broker answers: for asking which version a call would be made in. */
  async anyVersionOf<A extends unknown[], R>(call: KafkaCall<A, R>, deadline: Deadline): Promise<number> {
    const failures: SourceError[] = [];
    for (const link of this.#candidates()) {
      try {
        return await link.versionOf(call, atMost(deadline, ONE_TRY_MS));
      } catch (error) {
        failures.push(asSourceError(error));
      }
    }
    throw worstOf(failures);
  }

  async close(): Promise<void> {
    const links = [...this.#links.values()];
    this.#links.clear();
    await Promise.all(links.map((link) => link.close()));
  }

  #candidates(): BrokerLink[] {
    const all = [...this.#brokers.values(), ...this.#bootstrap].map((address) => this.#linkTo(address));
    const unique = [...new Set(all)];
    return [...unique.filter((link) => link.isOpen()), ...unique.filter((link) => !link.isOpen())];
  }

  #linkTo(address: BrokerAddress): BrokerLink {
    const key = addressKey(address);
    const known = this.#links.get(key);
    if (known) return known;
    const link = new BrokerLink(address, this.#settings);
    this.#links.set(key, link);
    return link;
  }
}

/** A refused sign-in tells more than a broker that is away. */
function worstOf(failures: readonly SourceError[]): SourceError {
  const telling = failures.find(
    ({ code }) => code === "auth-failed" || code === "refused-address" || code === "unsupported",
  );
  return telling ?? failures[0] ?? new SourceError("timeout", "No broker answered in time");
}

function addressKey({ host, port }: BrokerAddress): string {
  return `${host}:${port}`;
}

function parseHostPort(text: string): BrokerAddress {
  const at = text.lastIndexOf(":");
  return { host: text.slice(0, at).replace(/^\[(.*)\]$/, "$1"), port: Number(text.slice(at + 1)) };
}

function linkSettings(config: ClusterConfig, secret: ConnectionSecret): Omit<LinkSettings, "ceilings" | "onRequest"> {
  const { sasl, tls } = config;
  const files = tls && {
    ...(tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls.cert === null ? {} : { cert: tls.cert }),
    ...(secret.tlsKey === undefined ? {} : { key: secret.tlsKey }),
  };
  return {
    clientId: "tidemark",
    trusted: config.trusted,
    serverName: tls?.serverName ?? null,
    connection: {
      ...(files ? { tls: files } : {}),
      ...(sasl ? { sasl: { ...sasl, password: secret.password ?? "" } } : {}),
    },
  };
}
