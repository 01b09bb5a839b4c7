import { z } from "zod";
import { auditActor } from "#lib/auth/actor.ts";
import { SESSION_SECONDS } from "#lib/auth/session-cookie.ts";
import { LONGEST_PASSWORD, randomToken, sha256, verifyPassword } from "#lib/crypto.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { createSession } from "#lib/db/sessions.ts";
import { markSucceeded } from "#lib/db/sign-in-attempts.ts";
import { transaction } from "#lib/db/transaction.ts";
import { findUserByEmail } from "#lib/db/users.ts";
import { ServiceError } from "#lib/errors.ts";
import { admitAttempt } from "./sign-in-limits.ts";

const Credentials = z.object({
  email: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(LONGEST_PASSWORD),
});

/** The one wording for every sign-in that fails, whether the account is unknown, disabled or the password another. */
export const SIGN_IN_FAILED = "That e-mail and password do not match. Check both, or ask an administrator.";

/**
 * Signs a person in and gives the session id that the cookie carries; the database keeps its SHA-256 alone.
 * Takes as long for an account that does not exist.
 * @param address where the request came from, as far as it can be known
 */
export async function startSession(
  input: unknown,
  address: string,
  now: Date,
): Promise<{ sid: string; expiresAt: Date }> {
  const parsed = Credentials.safeParse(input);
  if (!parsed.success) throw new ServiceError("unauthenticated", SIGN_IN_FAILED);
  const { email, password } = parsed.data;
  const attempts = await admitAttempt(email, address, now);
  const user = await findUserByEmail(email);
  const matches = await verifyPassword(password, user?.passwordHash ?? null);
  if (user === null || !matches || user.disabledAt !== null) throw new ServiceError("unauthenticated", SIGN_IN_FAILED);
  const sid = randomToken();
  const id = sha256(sid);
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await transaction(async (tx) => {
    await createSession(tx, { id, userId: user.id, createdAt: now, expiresAt });
    await markSucceeded(attempts, tx);
    const actor = auditActor({ ...user, kind: "user", teams: [], sessionId: id });
    await appendAudit(
      tx,
      { actor, action: "session.started", subject: { type: "user", id: user.id }, origin: address },
      now,
    );
  });
  return { sid, expiresAt };
}
