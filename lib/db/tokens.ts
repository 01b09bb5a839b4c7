import type { ApiToken, Role } from "#generated/prisma/client.ts";
import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

export type TokenRow = ApiToken;

export async function createTokenRow(
  db: Transaction,
  token: {
    id: string;
    name: string;
    secretHash: string;
    role: Role;
    feedSlug: string | null;
    createdBy: string;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await db.apiToken.create({ data: token });
}

/** The token if it is neither revoked nor expired. */
export function findLiveToken(secretHash: string, now: Date, db: Transaction = getPrisma()): Promise<TokenRow | null> {
  return db.apiToken.findFirst({ where: { secretHash, revokedAt: null, expiresAt: { gt: now } } });
}

/** Notes that a token was used, to the minute: a busy client does not write at each request. */
export async function touchToken(id: string, now: Date, db: Transaction = getPrisma()): Promise<void> {
  const minuteAgo = new Date(now.getTime() - 60_000);
  await db.apiToken.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: minuteAgo } }] },
    data: { lastUsedAt: now },
  });
}

export async function revokeTokenRow(db: Transaction, id: string, now: Date): Promise<boolean> {
  const { count } = await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  return count === 1;
}
