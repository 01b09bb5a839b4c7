import { requirePermission, canManagePeople } from "#lib/auth/permissions.ts";
import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { randomToken, sha256 } from "#lib/crypto.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { createLink, expireLinks } from "#lib/db/one-time-links.ts";
import { transaction } from "#lib/db/transaction.ts";
import { countUsers } from "#lib/db/users.ts";
import { uuid } from "#lib/db/uuid.ts";

const LIFETIME_MS = 24 * 3_600_000;

export interface FirstAdminLink {
  /** To be put after the address of the console; holds the secret, which is stored nowhere. */
  path: string;
  expiresAt: Date;
}

/**
 * While nobody has an account: a link that makes the first administrator, once, within a day. Earlier ones stop working.
 * Null as soon as there is an account.
 */
export async function ensureFirstAdminLink(actor: Actor, now: Date): Promise<FirstAdminLink | null> {
  requirePermission(canManagePeople(actor), "manage-people");
  const secret = randomToken();
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  return transaction(async (tx) => {
    if ((await countUsers(tx)) > 0) return null;
    await expireLinks(tx, "first-admin", now);
    const id = uuid();
    await createLink(tx, { id, purpose: "first-admin", secretHash: sha256(secret), expiresAt });
    const subject = { type: "one-time-link", id };
    await appendAudit(tx, { actor: auditActor(actor), action: "first-admin-link.made", subject, origin: "start" }, now);
    return { path: `/setup?token=${secret}`, expiresAt };
  });
}
