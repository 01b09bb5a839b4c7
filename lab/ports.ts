import net from "node:net";
import { findJson, writeJson } from "./json-file.ts";

/** Ports of one broker: clients (SASL), brokers among themselves, the quorum, and its request counters. */
export interface BrokerPorts {
  client: number;
  internal: number;
  controller: number;
  counts: number;
}

export interface LabPorts {
  control: number;
  connect: number;
  registry: number;
  /** The fault proxy that everybody uses. */
  catalog: number;
  /** The catalog itself, behind it. */
  catalogServer: number;
  brokers: BrokerPorts[];
}

const FIRST = 21_000;
const LAST = 29_000;
const NEEDED = 5 + 3 * 4;

/** Ports are chosen once, free at that moment and below the ephemeral range, and kept in the home. */
export async function keepPorts(file: string): Promise<LabPorts> {
  const kept = findJson<LabPorts>(file);
  if (kept) return kept;
  const ports = await chooseFree(NEEDED);
  const take = (): number => {
    const port = ports.pop();
    if (port === undefined) throw new Error("Fewer ports chosen than the lab needs");
    return port;
  };
  const chosen: LabPorts = {
    control: take(),
    connect: take(),
    registry: take(),
    catalog: take(),
    catalogServer: take(),
    brokers: [1, 2, 3].map(() => ({ client: take(), internal: take(), controller: take(), counts: take() })),
  };
  writeJson(file, chosen);
  return chosen;
}

/** Refuses with a sentence when somebody else listens on one of the lab's ports. */
export async function refuseTakenPorts(ports: LabPorts, brokers: number): Promise<void> {
  const all = [ports.control, ports.connect, ports.registry, ports.catalog, ports.catalogServer];
  for (const broker of ports.brokers.slice(0, brokers))
    all.push(broker.client, broker.internal, broker.controller, broker.counts);
  for (const port of all) {
    if (await isFree(port)) continue;
    throw new Error(
      `Port ${port}, which this lab has kept since its first start, is taken by another program. ` +
        "Stop that program, or let the lab choose anew: npm run lab -- up --reset.",
    );
  }
}

async function chooseFree(count: number): Promise<number[]> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = FIRST + Math.floor(Math.random() * (LAST - FIRST - count));
    const block = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(block.map(isFree));
    if (free.every(Boolean)) return block;
  }
  throw new Error(`No ${count} free ports in a row between ${FIRST} and ${LAST} on 127.0.0.1`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
