import type { Connection, Prisma } from "#generated/prisma/client.ts";
import {
  CONNECTION_CONFIGS,
  ConnectionSecret,
  type ConnectionConfig,
  type ConnectionKind,
} from "#lib/domain/connections/connection-config.ts";
import { getPrisma } from "./client.ts";
import { getSecretText } from "./secrets.ts";
import type { Transaction } from "./transaction.ts";

/** A connection as a page may show it: its secret is not in it, only whether there is one. */
export interface ConnectionRow<K extends ConnectionKind = ConnectionKind> {
  id: string;
  kind: K;
  name: string;
  config: ConnectionConfig<K>;
  hasSecret: boolean;
  updatedAt: Date;
}

/** The same for whoever connects: the workers. Each is opened by itself, so that a bad secret spoils no other. */
export interface OpenConnection<K extends ConnectionKind = ConnectionKind> extends ConnectionRow<K> {
  secret: ConnectionSecret;
}

const MOST = 1000;

export async function listConnections(db: Transaction = getPrisma()): Promise<ConnectionRow[]> {
  const rows = await db.connection.findMany({
    where: { removedAt: null },
    orderBy: [{ kind: "asc" }, { name: "asc" }],
    take: MOST,
  });
  return rows.map((row) => readRow(row, row.kind));
}

/** One connection with its secret; null when it is gone. Throws when the secret cannot be opened. */
export async function findOpenConnection<K extends ConnectionKind>(
  kind: K,
  id: string,
  db: Transaction = getPrisma(),
): Promise<OpenConnection<K> | null> {
  const row = await db.connection.findFirst({ where: { id, kind, removedAt: null } });
  return row === null ? null : { ...readRow(row, kind), secret: await openSecretOf(row.secretId, db) };
}

export interface StoredConnection {
  id: string;
  config: unknown;
  secretId: string | null;
  removedAt: Date | null;
}

/** The row as it is, removed ones too, for the service that changes it. */
export function findStoredConnection(
  kind: ConnectionKind,
  name: string,
  db: Transaction = getPrisma(),
): Promise<StoredConnection | null> {
  return db.connection.findUnique({
    where: { kind_name: { kind, name } },
    select: { id: true, config: true, secretId: true, removedAt: true },
  });
}

export async function openSecretOf(secretId: string | null, db: Transaction = getPrisma()): Promise<ConnectionSecret> {
  return secretId === null ? {} : ConnectionSecret.parse(JSON.parse(await getSecretText(secretId, db)));
}

export async function putConnection(
  db: Transaction,
  connection: { id: string; kind: ConnectionKind; name: string; config: unknown; secretId: string | null },
): Promise<void> {
  const { id, kind, name, secretId } = connection;
  const config = connection.config as Prisma.InputJsonValue;
  await db.connection.upsert({
    where: { kind_name: { kind, name } },
    create: { id, kind, name, config, secretId },
    update: { config, secretId, removedAt: null },
  });
}

function readRow<K extends ConnectionKind>(row: Connection, kind: K): ConnectionRow<K> {
  return {
    id: row.id,
    kind,
    name: row.name,
    config: readConfig(kind, row.config),
    hasSecret: row.secretId !== null,
    updatedAt: row.updatedAt,
  };
}

/** Guaranteed by the table: the schema looked up under a kind is the schema of that kind's config. */
function readConfig<K extends ConnectionKind>(kind: K, config: unknown): ConnectionConfig<K> {
  return CONNECTION_CONFIGS[kind].parse(config) as ConnectionConfig<K>;
}
