import { hashPassword, sha256 } from "#lib/crypto.ts";
import { appendAudit, lockAuditChain } from "#lib/db/audit.ts";
import { findOpenLink, takeLink } from "#lib/db/one-time-links.ts";
import { transaction } from "#lib/db/transaction.ts";
import { countUsers, createUser } from "#lib/db/users.ts";
import { uuid } from "#lib/db/uuid.ts";
import { ServiceError } from "#lib/errors.ts";
import { parseInput, PersonInput } from "./account-input.ts";

/** The wording for a link that is unknown, used, expired or no longer needed. */
export const LINK_CLOSED =
  "This link does not work any more. Start Tidemark again for a new one; once there is an account, sign in instead.";

/** Whether a setup link would still work now. */
export async function isFirstAdminLinkOpen(token: string, now: Date): Promise<boolean> {
  if (token.length !== 43 || (await countUsers()) > 0) return false;
  return (await findOpenLink("first-admin", sha256(token), now)) !== null;
}

/** Makes the first administrator by the one-time link. The link is the permission; it works once, and only while nobody has an account. */
export async function createFirstAdmin(token: string, input: unknown, now: Date): Promise<{ email: string }> {
  if (!(await isFirstAdminLinkOpen(token, now))) throw new ServiceError("not_found", LINK_CLOSED);
  const person = parseInput(PersonInput, input);
  const passwordHash = await hashPassword(person.password);
  return transaction(async (tx) => {
    // The chain's lock also makes two that use the link at once come one after the other.
    await lockAuditChain(tx);
    const link = await findOpenLink("first-admin", sha256(token), now, tx);
    if (link === null || (await countUsers(tx)) > 0 || !(await takeLink(tx, link.id, now))) {
      throw new ServiceError("not_found", LINK_CLOSED);
    }
    const user = await createUser(tx, {
      id: uuid(),
      email: person.email,
      name: person.name,
      role: "admin",
      passwordHash,
    });
    const actor = { kind: "user", id: user.id, name: user.email } as const;
    const after = { email: user.email, name: user.name, role: user.role };
    await appendAudit(
      tx,
      { actor, action: "user.created", subject: { type: "user", id: user.id }, after, origin: "setup" },
      now,
    );
    return { email: user.email };
  });
}
