import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

/** Failures under a key since an instant, and when the oldest of them was. */
export async function countFailures(
  db: Transaction,
  key: string,
  since: Date,
): Promise<{ count: number; oldest: Date | null }> {
  const found = await db.signInAttempt.aggregate({
    where: { key, success: false, at: { gte: since } },
    _count: { _all: true },
    _min: { at: true },
  });
  return { count: found._count._all, oldest: found._min.at };
}

/** One try under several keys at once: two that share a key wait for each other. Counted as failed until it succeeds. */
export async function lockAttempts(tx: Transaction, keys: readonly string[]): Promise<void> {
  for (const key of [...keys].sort())
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 72707371))`;
}

export async function recordAttempts(tx: Transaction, keys: readonly string[], at: Date): Promise<bigint[]> {
  const rows = await tx.signInAttempt.createManyAndReturn({
    data: keys.map((key) => ({ key, at, success: false })),
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function markSucceeded(ids: readonly bigint[], db: Transaction = getPrisma()): Promise<void> {
  await db.signInAttempt.updateMany({ where: { id: { in: [...ids] } }, data: { success: true } });
}

/** Tries too old to count are of no more use. */
export async function forgetAttempts(tx: Transaction, before: Date): Promise<void> {
  await tx.signInAttempt.deleteMany({ where: { at: { lt: before } } });
}
