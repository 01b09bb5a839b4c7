import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { canManagePeople, requirePermission } from "#lib/auth/permissions.ts";
import { appendAudit, lockAuditChain } from "#lib/db/audit.ts";
import { endSessionsOf } from "#lib/db/sessions.ts";
import { transaction } from "#lib/db/transaction.ts";
import { findUserByEmail, updateUser } from "#lib/db/users.ts";
import { ServiceError } from "#lib/errors.ts";

/** Closes an account: it can't sign in, and every session it has ends now. */
export async function disableUser(actor: Actor, email: string, now: Date): Promise<void> {
  requirePermission(canManagePeople(actor), "manage-people");
  if (actor.kind === "user" && actor.email === email.trim().toLowerCase()) {
    throw new ServiceError("conflict", "You can't disable your own account. Ask another administrator.");
  }
  await transaction(async (tx) => {
    await lockAuditChain(tx);
    const user = await findUserByEmail(email, tx);
    if (user === null) throw new ServiceError("not_found", `There is no account of ${email}.`);
    if (user.disabledAt !== null) return;
    await updateUser(tx, user.id, { disabledAt: now });
    await endSessionsOf(tx, user.id, now);
    const subject = { type: "user", id: user.id };
    await appendAudit(
      tx,
      { actor: auditActor(actor), action: "user.disabled", subject, before: { email: user.email } },
      now,
    );
  });
}
