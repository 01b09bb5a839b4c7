import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { canMakeTokens, requirePermission } from "#lib/auth/permissions.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { revokeTokenRow } from "#lib/db/tokens.ts";
import { transaction } from "#lib/db/transaction.ts";
import { ServiceError } from "#lib/errors.ts";

/** Ends a token at once. */
export async function revokeToken(actor: Actor, id: string, now: Date): Promise<void> {
  requirePermission(canMakeTokens(actor), "make-tokens");
  await transaction(async (tx) => {
    if (!(await revokeTokenRow(tx, id, now))) throw new ServiceError("not_found", "There is no such token in force.");
    await appendAudit(tx, { actor: auditActor(actor), action: "token.revoked", subject: { type: "token", id } }, now);
  });
}
