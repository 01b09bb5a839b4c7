import { sha256 } from "#lib/crypto.ts";
import { countFailures, forgetAttempts, lockAttempts, recordAttempts } from "#lib/db/sign-in-attempts.ts";
import { transaction } from "#lib/db/transaction.ts";
import { normalEmail } from "#lib/db/users.ts";
import { ServiceError } from "#lib/errors.ts";

const WINDOW_MS = 15 * 60_000;

/**
 * How many failures a quarter of an hour may hold. By account and address: a person at the keyboard. By account: guessing
 * from many addresses. By address: one password tried on many accounts.
 */
const MOST_FAILURES = { pair: 5, account: 20, address: 100 } as const;

/** The try is written down as failed before the password is looked at, so fifty at once can't slip through together. */
export async function admitAttempt(email: string, address: string, now: Date): Promise<bigint[]> {
  const account = sha256(normalEmail(email)).slice(0, 32);
  const keys = { pair: `pair:${account}:${address}`, account: `account:${account}`, address: `address:${address}` };
  const since = new Date(now.getTime() - WINDOW_MS);
  return transaction(async (tx) => {
    await lockAttempts(tx, Object.values(keys));
    await forgetAttempts(tx, new Date(now.getTime() - 24 * 3_600_000));
    for (const kind of ["pair", "account", "address"] as const) {
      const { count, oldest } = await countFailures(tx, keys[kind], since);
      if (count >= MOST_FAILURES[kind]) throw tooMany(oldest ?? now, now);
    }
    return recordAttempts(tx, Object.values(keys), now);
  });
}

function tooMany(oldest: Date, now: Date): ServiceError {
  const seconds = Math.max(1, Math.ceil((oldest.getTime() + WINDOW_MS - now.getTime()) / 1000));
  const minutes = Math.ceil(seconds / 60);
  return new ServiceError("rate_limited", `Too many failed sign-ins. Try again in ${minutes} min.`, {
    retryAfterSeconds: seconds,
  });
}
