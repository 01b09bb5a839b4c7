import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "#generated/prisma/client.ts";
import { env, getDatabaseUrl } from "../env.ts";
import { log } from "../log.ts";

/** What plain SQL is asked of: the pool, or one session inside a transaction. */
export type Queryable = Pick<pg.Pool, "query">;

const INT8 = 20;
const INT8_ARRAY = 1016;

/** Our own SQL gets `bigint` for int8 and `bigint[]` for int8[]: offsets exceed 2^53. (Prisma brings its own parsers.) */
const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && oid === INT8) return BigInt;
    if (format !== "binary" && oid === INT8_ARRAY) return parseBigints;
    return pg.types.getTypeParser(oid, format ?? "text") as (text: string) => unknown;
  },
};

function parseBigints(text: string): (bigint | null)[] {
  if (text === "{}") return [];
  return text
    .slice(1, -1)
    .split(",")
    .map((item) => (item === "NULL" ? null : BigInt(item)));
}

interface Database {
  pool: pg.Pool;
  prisma: PrismaClient;
}

/** On `globalThis`, since `next dev` loads this module anew at each change and would leave a pool behind each time. */
const kept = globalThis as typeof globalThis & { tidemarkDatabase?: Database };

export function makePool(url: string, connections: number = env.TIDEMARK_DATABASE_CONNECTIONS): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: "tidemark",
    options: "-c timezone=UTC",
    types,
  });
  // Without a listener, a database that restarts would end the process by an idle connection's error.
  pool.on("error", (error) => log.warn("an idle database connection was lost", { error }));
  return pool;
}

function database(): Database {
  if (!kept.tidemarkDatabase) {
    const pool = makePool(getDatabaseUrl());
    kept.tidemarkDatabase = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  }
  return kept.tidemarkDatabase;
}

/** The pool of this process, made at its first use. */
export function getPool(): pg.Pool {
  return database().pool;
}

/** Prisma on the same pool. */
export function getPrisma(): PrismaClient {
  return database().prisma;
}

/** Points this process at another database: for tests, and for commands that name theirs. */
export async function useDatabase(url: string): Promise<void> {
  await closeDatabase();
  const pool = makePool(url);
  kept.tidemarkDatabase = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

export async function closeDatabase(): Promise<void> {
  const open = kept.tidemarkDatabase;
  if (!open) return;
  delete kept.tidemarkDatabase;
  await open.prisma.$disconnect();
  await open.pool.end();
}
