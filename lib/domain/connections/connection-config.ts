import { z } from "zod";
import { ConnectionName, ShortText } from "../contract/formats.ts";

/**
 * What is known of a system we measure. `…Config` is what may be shown; `…Secret` is kept encrypted and handed to the
 * workers alone. `trusted` is true for those an operator declared on the server's machine, which may be on loopback or
 * private addresses.
 */
const trusted = { trusted: z.boolean() };

export const HttpAuth = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("basic"), username: z.string().min(1).max(255) }),
  z.strictObject({ type: z.literal("bearer") }),
  z.strictObject({
    type: z.literal("oauth2"),
    tokenUrl: z.string(),
    clientId: z.string().min(1).max(255),
    scope: z.string().max(1000).nullable(),
  }),
]);
export type HttpAuth = z.infer<typeof HttpAuth>;

export const SASL_MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;

const ClusterConfig = z.strictObject({
  bootstrap: z.array(z.string()).min(1),
  sasl: z.strictObject({ mechanism: z.enum(SASL_MECHANISMS), username: z.string() }).nullable(),
  /** Null is plaintext; `ca` and `cert` are PEM text, null for the system's own authorities and no client certificate. */
  tls: z
    .strictObject({ ca: z.string().nullable(), cert: z.string().nullable(), serverName: z.string().nullable() })
    .nullable(),
  storage: z.enum(["shared-nothing", "tiered", "shared"]),
  /** Null: not declared, so effective access is "apart from super users". */
  superUsers: z.array(z.string()).nullable(),
  allowIfNoAcl: z.boolean().nullable(),
  ...trusted,
});
export type ClusterConfig = z.infer<typeof ClusterConfig>;

const ConnectConfig = z.strictObject({
  url: z.string(),
  cluster: ConnectionName,
  auth: HttpAuth.nullable(),
  ...trusted,
});
export type ConnectConfig = z.infer<typeof ConnectConfig>;

const RegistryConfig = z.strictObject({ url: z.string(), auth: HttpAuth.nullable(), ...trusted });
export type RegistryConfig = z.infer<typeof RegistryConfig>;

const CatalogConfig = z.strictObject({
  kind: z.literal("iceberg-rest"),
  uri: z.string(),
  warehouse: ShortText.nullable(),
  auth: HttpAuth.nullable(),
  ...trusted,
});
export type CatalogConfig = z.infer<typeof CatalogConfig>;

const FlinkConfig = z.strictObject({
  url: z.string(),
  cluster: ConnectionName,
  auth: HttpAuth.nullable(),
  ...trusted,
});
export type FlinkConfig = z.infer<typeof FlinkConfig>;

/** The address without its password. */
const DatabaseConfig = z.strictObject({ url: z.string(), ...trusted });
export type DatabaseConfig = z.infer<typeof DatabaseConfig>;

/** Everything of a connection that must not be shown. Absent fields are not used by its kind of sign-in. */
export const ConnectionSecret = z.strictObject({
  password: z.string().optional(),
  token: z.string().optional(),
  clientSecret: z.string().optional(),
  /** PEM of the client certificate's private key. */
  tlsKey: z.string().optional(),
});
export type ConnectionSecret = z.infer<typeof ConnectionSecret>;

/** The kinds of connection and how the config of each is read back from the database. */
export const CONNECTION_CONFIGS = {
  cluster: ClusterConfig,
  connect: ConnectConfig,
  registry: RegistryConfig,
  catalog: CatalogConfig,
  flink: FlinkConfig,
  database: DatabaseConfig,
} as const;
export type ConnectionKind = keyof typeof CONNECTION_CONFIGS;
export type ConnectionConfig<K extends ConnectionKind> = z.infer<(typeof CONNECTION_CONFIGS)[K]>;
