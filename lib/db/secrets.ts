import { openSecret, sealSecret } from "../crypto.ts";
import { getKeyEncryptionKey } from "../env.ts";
import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";
import { uuid } from "./uuid.ts";

/** Stores a text encrypted and gives the id it is found by. */
export async function putSecret(db: Transaction, plaintext: string): Promise<string> {
  const id = uuid();
  await db.secret.create({ data: { id, ...sealSecret(plaintext, contextOf(id), getKeyEncryptionKey()) } });
  return id;
}

/** The text of a secret. Only workers, and the comparison that keeps `apply` idempotent, have a reason to ask. */
export async function getSecretText(id: string, db: Transaction = getPrisma()): Promise<string> {
  const row = await db.secret.findUniqueOrThrow({ where: { id } });
  return openSecret(row, contextOf(id), getKeyEncryptionKey());
}

export async function deleteSecret(db: Transaction, id: string): Promise<void> {
  await db.secret.deleteMany({ where: { id } });
}

/** Ties a ciphertext to its row: moved to another, it can't be opened. */
function contextOf(id: string): string {
  return `secrets|${id}`;
}
