import type { Role } from "./users.ts";
import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

/** A session with what is needed to act in it. `id` is the SHA-256 of what the cookie carries. */
export interface SessionRow {
  id: string;
  userId: string;
  expiresAt: Date;
  user: { id: string; email: string; name: string; role: Role; teams: string[] };
}

export async function createSession(
  db: Transaction,
  session: { id: string; userId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.session.create({ data: session });
}

/** The session if it is neither ended nor expired and its user is not disabled. */
export async function findLiveSession(
  id: string,
  now: Date,
  db: Transaction = getPrisma(),
): Promise<SessionRow | null> {
  const row = await db.session.findFirst({
    where: { id, endedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: {
      id: true,
      userId: true,
      expiresAt: true,
      user: {
        select: {
          id: true,
          email: true,
          name: true,
          role: true,
          memberships: { select: { team: { select: { name: true } } }, orderBy: { teamId: "asc" }, take: 200 },
        },
      },
    },
  });
  if (row === null) return null;
  const { memberships, ...user } = row.user;
  return { ...row, user: { ...user, teams: memberships.map(({ team }) => team.name) } };
}

/** Ends one session; false when it had ended before or never was. */
export async function endSession(db: Transaction, id: string, now: Date): Promise<boolean> {
  const { count } = await db.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } });
  return count > 0;
}

/** Ends all sessions of a user: at a new password, another role, a disabled account. */
export async function endSessionsOf(db: Transaction, userId: string, now: Date): Promise<number> {
  const { count } = await db.session.updateMany({ where: { userId, endedAt: null }, data: { endedAt: now } });
  return count;
}
