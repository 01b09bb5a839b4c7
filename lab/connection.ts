import path from "node:path";
import { findJson } from "./json-file.ts";
import { bootstrapOf, type LabContext } from "./lab-context.ts";
import type { LabPaths } from "./lab-paths.ts";
import { type LabUser, USERS } from "./secrets.ts";

/** Addresses, users and files of one lab. All addresses are on 127.0.0.1. */
export interface LabConnection {
  home: string;
  small: boolean;
  /** host:port of each broker's client listener: SASL_PLAINTEXT, SCRAM-SHA-512. */
  bootstrap: string[];
  mechanism: "SCRAM-SHA-512";
  users: Record<LabUser, { username: LabUser; password: string }>;
  /** Per broker, a URL whose answer counts requests by API and version. */
  requestCountUrls: string[];
  connectUrl: string;
  registryUrl: string;
  /** Through the fault proxy, as everybody reaches it. */
  catalogUri: string;
  /** The catalog itself, which no incident but kill-catalog touches. */
  catalogServerUri: string;
  warehouse: string;
  files: {
    /** Connections, for `tidemark connection apply`. */
    tidemark: string;
    /** Contracts, for `tidemark contract apply`. */
    feeds: string[];
    journal: string;
    logs: string;
    truth: string;
  };
  /** What the files name as ${…}. */
  env: Record<string, string>;
}

export function connectionOf(paths: LabPaths): LabConnection {
  const context = findJson<LabContext>(path.join(paths.conf, "context.json"));
  if (!context) throw new Error("The lab was never started here: npm run lab -- up");
  const { ports, secrets, small } = context;
  const feeds = path.join(paths.root, "feeds");
  return {
    home: paths.home,
    small,
    bootstrap: bootstrapOf(context),
    mechanism: "SCRAM-SHA-512",
    users: Object.fromEntries(
      USERS.map((user) => [user, { username: user, password: secrets.passwords[user] }]),
    ) as LabConnection["users"],
    requestCountUrls: ports.brokers.slice(0, small ? 1 : 3).map((broker) => `http://127.0.0.1:${broker.counts}/`),
    connectUrl: `http://127.0.0.1:${ports.connect}`,
    registryUrl: `http://127.0.0.1:${ports.registry}/apis/ccompat/v7`,
    catalogUri: `http://127.0.0.1:${ports.catalog}`,
    catalogServerUri: `http://127.0.0.1:${ports.catalogServer}`,
    warehouse: paths.warehouse,
    files: {
      tidemark: path.join(feeds, "tidemark.yaml"),
      feeds: ["orders-activity", "orders-enriched", "payments-audit"].map((name) => path.join(feeds, `${name}.yaml`)),
      journal: paths.journal,
      logs: paths.logs,
      truth: paths.truth,
    },
    env: { TIDEMARK_LAB_PASSWORD: secrets.passwords.tidemark },
  };
}
