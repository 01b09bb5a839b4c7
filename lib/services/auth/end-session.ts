import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { endSession as endSessionRow } from "#lib/db/sessions.ts";
import { transaction } from "#lib/db/transaction.ts";

/** Signs out: the session's row ends, so its cookie opens nothing any more, wherever a copy of it is. */
export async function endSession(actor: Actor, now: Date): Promise<void> {
  if (actor.kind !== "user") return;
  await transaction(async (tx) => {
    if (!(await endSessionRow(tx, actor.sessionId, now))) return;
    await appendAudit(
      tx,
      { actor: auditActor(actor), action: "session.ended", subject: { type: "user", id: actor.id } },
      now,
    );
  });
}
