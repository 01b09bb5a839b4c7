import type pg from "pg";
import type { Prisma } from "#generated/prisma/client.ts";
import { getPool, getPrisma } from "./client.ts";

/** A Prisma client inside one transaction. */
export type Transaction = Prisma.TransactionClient;

const ATTEMPTS = 3;

/** Codes that say "nothing was written, try again": serialization failure, deadlock, and Prisma's word for both. */
const RETRYABLE = new Set(["40001", "40P01", "P2034"]);

/** Runs `work` in one transaction by Prisma. On a deadlock or a serialization failure it runs again, three times at most. */
export function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return retried(() => getPrisma().$transaction(work, { maxWait: 10_000, timeout: 30_000 }));
}

/** The same in plain SQL. `work` must ask only the session it is given. */
export function sqlTransaction<T>(work: (session: pg.PoolClient) => Promise<T>, pool: pg.Pool = getPool()): Promise<T> {
  return retried(() => runOnce(pool, work));
}

async function runOnce<T>(pool: pg.Pool, work: (session: pg.PoolClient) => Promise<T>): Promise<T> {
  const session = await pool.connect();
  let broken: Error | undefined;
  try {
    await session.query("BEGIN");
    const result = await work(session);
    await session.query("COMMIT");
    return result;
  } catch (error) {
    // A session that cannot roll back is thrown away instead of going back to the pool in the middle of a transaction.
    await session.query("ROLLBACK").catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    session.release(broken);
  }
}

async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (attempt >= ATTEMPTS || !RETRYABLE.has(code)) throw error;
    }
  }
}
