import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

export type LinkPurpose = "first-admin";

export interface LinkRow {
  id: string;
  expiresAt: Date;
}

export async function createLink(
  db: Transaction,
  link: { id: string; purpose: LinkPurpose; secretHash: string; expiresAt: Date },
): Promise<void> {
  await db.oneTimeLink.create({ data: link });
}

/** Earlier links of a purpose stop working when a new one is made. */
export async function expireLinks(db: Transaction, purpose: LinkPurpose, now: Date): Promise<void> {
  await db.oneTimeLink.updateMany({
    where: { purpose, usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
}

export function findOpenLink(
  purpose: LinkPurpose,
  secretHash: string,
  now: Date,
  db: Transaction = getPrisma(),
): Promise<LinkRow | null> {
  return db.oneTimeLink.findFirst({
    where: { purpose, secretHash, usedAt: null, expiresAt: { gt: now } },
    select: { id: true, expiresAt: true },
  });
}

/** Marks a link used; false when another request was first. */
export async function takeLink(db: Transaction, id: string, now: Date): Promise<boolean> {
  const { count } = await db.oneTimeLink.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } });
  return count === 1;
}
