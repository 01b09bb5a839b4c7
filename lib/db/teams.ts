import type { Team } from "#generated/prisma/client.ts";
import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

export interface TeamWithMembers extends Team {
  memberIds: string[];
}

export async function findTeam(name: string, db: Transaction = getPrisma()): Promise<TeamWithMembers | null> {
  const team = await db.team.findUnique({
    where: { name },
    include: { members: { select: { userId: true }, take: 1000 } },
  });
  if (team === null) return null;
  const { members, ...row } = team;
  return { ...row, memberIds: members.map(({ userId }) => userId).sort() };
}

/** Makes the team what it should be: its contact and exactly these members. */
export async function putTeam(
  db: Transaction,
  team: { id: string; name: string; contact: string | null; memberIds: readonly string[] },
): Promise<void> {
  const { memberIds, ...row } = team;
  await db.team.upsert({ where: { name: row.name }, create: row, update: { contact: row.contact } });
  await db.teamMember.deleteMany({ where: { teamId: row.id, userId: { notIn: [...memberIds] } } });
  await db.teamMember.createMany({
    data: memberIds.map((userId) => ({ teamId: row.id, userId })),
    skipDuplicates: true,
  });
}
