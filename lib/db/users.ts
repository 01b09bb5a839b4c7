import type { Role, User } from "#generated/prisma/client.ts";
import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

export type { Role };
export type UserRow = User;

/** Addresses are kept in lower case: two spellings of one are one account. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function findUserByEmail(email: string, db: Transaction = getPrisma()): Promise<UserRow | null> {
  return db.user.findUnique({ where: { email: normalEmail(email) } });
}

export function countUsers(db: Transaction = getPrisma()): Promise<number> {
  return db.user.count();
}

export function createUser(
  db: Transaction,
  user: { id: string; email: string; name: string; role: Role; passwordHash: string | null },
): Promise<UserRow> {
  return db.user.create({ data: { ...user, email: normalEmail(user.email) } });
}

export function updateUser(
  db: Transaction,
  id: string,
  change: { role?: Role; name?: string; passwordHash?: string; disabledAt?: Date | null },
): Promise<UserRow> {
  return db.user.update({ where: { id }, data: change });
}

/** Ids of the users with these addresses; an address without an account is not in the answer. */
export async function listUserIds(
  emails: readonly string[],
  db: Transaction = getPrisma(),
): Promise<Map<string, string>> {
  const rows = await db.user.findMany({
    where: { email: { in: emails.map(normalEmail) } },
    select: { id: true, email: true },
    take: emails.length,
  });
  return new Map(rows.map(({ id, email }) => [email, id]));
}
