import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { canManagePeople, requirePermission } from "#lib/auth/permissions.ts";
import { hashPassword } from "#lib/crypto.ts";
import { appendAudit, lockAuditChain } from "#lib/db/audit.ts";
import { transaction } from "#lib/db/transaction.ts";
import { createUser as createUserRow, findUserByEmail, type UserRow } from "#lib/db/users.ts";
import { uuid } from "#lib/db/uuid.ts";
import { ServiceError } from "#lib/errors.ts";
import { AccountInput, parseInput } from "./account-input.ts";

export type CreatedUser = Pick<UserRow, "id" | "email" | "name" | "role">;

/** Makes an account that signs in with a password. */
export async function createUser(actor: Actor, input: AccountInput, now: Date): Promise<CreatedUser> {
  requirePermission(canManagePeople(actor), "manage-people");
  const account = parseInput(AccountInput, input);
  const passwordHash = await hashPassword(account.password);
  return transaction(async (tx) => {
    await lockAuditChain(tx);
    if ((await findUserByEmail(account.email, tx)) !== null) {
      throw new ServiceError("conflict", `There is an account of ${account.email} already. Change that one instead.`);
    }
    const { id, email, name, role } = await createUserRow(tx, {
      id: uuid(),
      email: account.email,
      name: account.name,
      role: account.role,
      passwordHash,
    });
    const after = { email, name, role };
    await appendAudit(
      tx,
      { actor: auditActor(actor), action: "user.created", subject: { type: "user", id }, after },
      now,
    );
    return { id, email, name, role };
  });
}
