import { z } from "zod";
import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { canMakeTokens, requirePermission } from "#lib/auth/permissions.ts";
import { randomToken, sha256 } from "#lib/crypto.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { createTokenRow } from "#lib/db/tokens.ts";
import { transaction } from "#lib/db/transaction.ts";
import { uuid } from "#lib/db/uuid.ts";
import { parseInput, ROLES } from "#lib/services/users/account-input.ts";

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 400;

const TokenInput = z.object({
  role: z.enum(ROLES, `Use one of ${ROLES.join(", ")}`),
  name: z.string().trim().min(1).max(120).default("token"),
  /** Milliseconds from now. */
  lifetimeMs: z
    .number()
    .min(60_000, "A token lives at least a minute")
    .max(LONGEST_DAYS * DAY_MS, `A token lives at most ${LONGEST_DAYS} days`)
    .default(90 * DAY_MS),
  /** The one feed it may speak of; absent for all. */
  feedSlug: z.string().min(1).max(63).nullable().default(null),
});
export type TokenInput = z.input<typeof TokenInput>;

/** Makes an API token. Its text is given once, here; the database keeps its SHA-256. */
export async function createToken(
  actor: Actor,
  input: TokenInput,
  now: Date,
): Promise<{ token: string; id: string; expiresAt: Date }> {
  requirePermission(canMakeTokens(actor), "make-tokens");
  const { role, name, lifetimeMs, feedSlug } = parseInput(TokenInput, input);
  const token = `tmk_${randomToken()}`;
  const id = uuid();
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await transaction(async (tx) => {
    const by = auditActor(actor);
    const secretHash = sha256(token);
    await createTokenRow(tx, { id, name, secretHash, role, feedSlug, createdBy: by.name, createdAt: now, expiresAt });
    const after = { name, role, feedSlug, expiresAt };
    await appendAudit(tx, { actor: by, action: "token.created", subject: { type: "token", id }, after }, now);
  });
  return { token, id, expiresAt };
}
