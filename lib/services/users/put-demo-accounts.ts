import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { canManagePeople, requirePermission } from "#lib/auth/permissions.ts";
import { hashPassword } from "#lib/crypto.ts";
import { appendAudit, lockAuditChain } from "#lib/db/audit.ts";
import { endSessionsOf } from "#lib/db/sessions.ts";
import { transaction, type Transaction } from "#lib/db/transaction.ts";
import { createUser, findUserByEmail, updateUser } from "#lib/db/users.ts";
import { uuid } from "#lib/db/uuid.ts";
import { AccountInput, parseInput } from "./account-input.ts";

interface Prepared {
  email: string;
  name: string;
  role: AccountInput["role"];
  passwordHash: string;
}

/**
 * The demo's accounts, one a role, with the passwords given: made where they are missing, given the new password where
 * they are there. For the demo alone: the caller is the start on this machine.
 */
export async function putDemoAccounts(actor: Actor, accounts: readonly AccountInput[], now: Date): Promise<void> {
  requirePermission(canManagePeople(actor), "manage-people");
  const prepared: Prepared[] = [];
  for (const account of accounts) {
    const { password, ...person } = parseInput(AccountInput, account);
    prepared.push({ ...person, passwordHash: await hashPassword(password) });
  }
  await transaction(async (tx) => {
    await lockAuditChain(tx);
    for (const account of prepared) {
      const { id, action } = await putAccount(tx, account, now);
      const after = { email: account.email, name: account.name, role: account.role };
      await appendAudit(
        tx,
        { actor: auditActor(actor), action, subject: { type: "user", id }, after, origin: "demo" },
        now,
      );
    }
  });
}

async function putAccount(tx: Transaction, account: Prepared, now: Date): Promise<{ id: string; action: string }> {
  const { email, name, role, passwordHash } = account;
  const known = await findUserByEmail(email, tx);
  if (known === null) {
    const { id } = await createUser(tx, { id: uuid(), email, name, role, passwordHash });
    return { id, action: "user.created" };
  }
  await updateUser(tx, known.id, { name, role, passwordHash, disabledAt: null });
  await endSessionsOf(tx, known.id, now);
  return { id: known.id, action: "user.reset" };
}
