import type { Prisma } from "#generated/prisma/client.ts";
import { canonicalJson, sha256 } from "../crypto.ts";
import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

/** Who did it, as it is written down for ever: enough to name them when the account is gone. */
export interface AuditActor {
  kind: "user" | "token" | "system";
  id: string;
  name: string;
}

export interface AuditEntry {
  actor: AuditActor;
  /** Verb in the past: `contract.applied`, `token.created`. */
  action: string;
  subject: { type: string; id: string };
  /** What it was and what it is, without any secret. */
  before?: unknown;
  after?: unknown;
  /** Where it came from: an address, `cli`, `start`. */
  origin?: string | null;
}

export interface AuditRow {
  seq: bigint;
  at: Date;
  actor: unknown;
  action: string;
  subjectType: string;
  subjectId: string;
  before: unknown;
  after: unknown;
  origin: string | null;
  prevHash: string;
  hash: string;
}

/** Serialises the writers of the chain: whoever holds it sees the last row and writes the next. */
const CHAIN_LOCK = 72_707_370;

/** The hash before the first row. */
export const GENESIS = "0".repeat(64);

/** SHA-256 of the previous hash and the row in canonical JSON. */
export function auditHash(row: Omit<AuditRow, "hash">): string {
  const { prevHash, ...content } = row;
  return sha256(`${prevHash}\n${canonicalJson({ ...content, seq: row.seq.toString() })}`);
}

/**
 * Takes the chain for the rest of the transaction. A transaction that writes several entries, or one that locks other
 * rows after its first entry, takes it before anything else: then two can't wait for each other.
 */
export async function lockAuditChain(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`;
}

/** Adds an entry to the chain. Only inside the transaction of the change it tells of. */
export async function appendAudit(tx: Transaction, entry: AuditEntry, at: Date): Promise<void> {
  await lockAuditChain(tx);
  const last = await tx.auditEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  const row = {
    seq: (last?.seq ?? 0n) + 1n,
    at,
    actor: { kind: entry.actor.kind, id: entry.actor.id, name: entry.actor.name },
    action: entry.action,
    subjectType: entry.subject.type,
    subjectId: entry.subject.id,
    before: entry.before ?? null,
    after: entry.after ?? null,
    origin: entry.origin ?? null,
    prevHash: last?.hash ?? GENESIS,
  };
  await tx.auditEvent.create({
    data: { ...row, before: asJson(row.before), after: asJson(row.after), hash: auditHash(row) },
  });
}

/** Values of entries are made of plain data by their callers; null is left out of the column. */
function asJson(value: unknown): Prisma.InputJsonValue | undefined {
  return value === null ? undefined : (JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue);
}

/** Rows after `afterSeq`, oldest first, at most `limit`. */
export function listAuditRows(afterSeq: bigint, limit: number, db: Transaction = getPrisma()): Promise<AuditRow[]> {
  return db.auditEvent.findMany({ where: { seq: { gt: afterSeq } }, orderBy: { seq: "asc" }, take: limit });
}
