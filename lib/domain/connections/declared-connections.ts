import type { ConnectionConfig, ConnectionKind, ConnectionSecret, HttpAuth } from "./connection-config.ts";
import type { AuthInput, ClusterInput, TidemarkFile } from "./tidemark-file.ts";

/** A connection as declared: what may be shown apart from what may not. */
export interface DeclaredConnection<K extends ConnectionKind = ConnectionKind> {
  kind: K;
  name: string;
  config: ConnectionConfig<K>;
  secret: ConnectionSecret;
}

/**
 * The connections of a `tidemark.yaml`. They are trusted: whoever writes that file on the server's machine may
 * point Tidemark at its own network.
 */
export function declaredConnections(file: TidemarkFile): DeclaredConnection[] {
  return [
    ...file.clusters.map(cluster),
    ...file.connects.map(({ name, url, cluster, auth }): DeclaredConnection<"connect"> => ({
      kind: "connect",
      name,
      config: { url, cluster, auth: shownAuth(auth), trusted: true },
      secret: authSecret(auth),
    })),
    ...file.registries.map(({ name, url, auth }): DeclaredConnection<"registry"> => ({
      kind: "registry",
      name,
      config: { url, auth: shownAuth(auth), trusted: true },
      secret: authSecret(auth),
    })),
    ...file.catalogs.map(({ name, kind, uri, warehouse, auth }): DeclaredConnection<"catalog"> => ({
      kind: "catalog",
      name,
      config: { kind, uri, warehouse: warehouse ?? null, auth: shownAuth(auth), trusted: true },
      secret: authSecret(auth),
    })),
    ...file.flinks.map(({ name, url, cluster, auth }): DeclaredConnection<"flink"> => ({
      kind: "flink",
      name,
      config: { url, cluster, auth: shownAuth(auth), trusted: true },
      secret: authSecret(auth),
    })),
    ...file.databases.map(database),
  ];
}

function cluster(input: ClusterInput): DeclaredConnection<"cluster"> {
  const tls = input.tls === true ? {} : input.tls;
  const { sasl } = input;
  return {
    kind: "cluster",
    name: input.name,
    config: {
      bootstrap: input.bootstrap,
      sasl: sasl === undefined ? null : { mechanism: sasl.mechanism, username: sasl.username },
      tls:
        tls === undefined || tls === false
          ? null
          : { ca: tls.ca ?? null, cert: tls.cert ?? null, serverName: tls.serverName ?? null },
      storage: input.storage,
      superUsers: input.superUsers ?? null,
      allowIfNoAcl: input.allowIfNoAcl ?? null,
      trusted: true,
    },
    secret: {
      ...(sasl === undefined ? {} : { password: sasl.password }),
      ...(typeof tls === "object" && tls.key !== undefined ? { tlsKey: tls.key } : {}),
    },
  };
}

/** The password of a database's URL is its secret. */
function database({ name, url }: TidemarkFile["databases"][number]): DeclaredConnection<"database"> {
  const parsed = new URL(url);
  const password = decodeURIComponent(parsed.password);
  parsed.password = "";
  return {
    kind: "database",
    name,
    config: { url: parsed.href, trusted: true },
    secret: password === "" ? {} : { password },
  };
}

function shownAuth(auth: AuthInput | undefined): HttpAuth | null {
  if (auth === undefined) return null;
  if ("username" in auth) return { type: "basic", username: auth.username };
  if ("token" in auth) return { type: "bearer" };
  return { type: "oauth2", tokenUrl: auth.tokenUrl, clientId: auth.clientId, scope: auth.scope ?? null };
}

function authSecret(auth: AuthInput | undefined): ConnectionSecret {
  if (auth === undefined) return {};
  if ("username" in auth) return { password: auth.password };
  if ("token" in auth) return { token: auth.token };
  return { clientSecret: auth.clientSecret };
}
