import type { Actor } from "#lib/auth/actor.ts";
import { canSeeAudit, requirePermission } from "#lib/auth/permissions.ts";
import { auditHash, GENESIS, listAuditRows, type AuditRow } from "#lib/db/audit.ts";

export type AuditVerdict =
  | { ok: true; events: bigint; head: string }
  /** `seq` is the first row that does not follow from the one before it. */
  | { ok: false; seq: bigint; because: string };

const PAGE = 1000;

/**
 * Reads the audit trail from its first row and recomputes every hash.
 * A chain can't show that its end was cut off: that takes a head noted elsewhere, given as `expectedHead`.
 */
export async function verifyAuditChain(actor: Actor, expectedHead: string | null = null): Promise<AuditVerdict> {
  requirePermission(canSeeAudit(actor), "see-audit");
  let seq = 0n;
  let head = GENESIS;
  let headSeen = expectedHead === null || expectedHead === GENESIS;
  for (;;) {
    const rows = await listAuditRows(seq, PAGE);
    for (const row of rows) {
      const because = faultOf(row, seq, head);
      if (because !== null) return { ok: false, seq: seq + 1n, because };
      seq = row.seq;
      head = row.hash;
      headSeen ||= head === expectedHead;
    }
    if (rows.length < PAGE) break;
  }
  if (headSeen) return { ok: true, events: seq, head };
  return {
    ok: false,
    seq: seq + 1n,
    because: "the head noted elsewhere is not in the trail: its end was cut off or rewritten",
  };
}

function faultOf(row: AuditRow, previousSeq: bigint, previousHash: string): string | null {
  if (row.seq !== previousSeq + 1n) return `row ${previousSeq + 1n} is missing`;
  if (row.prevHash !== previousHash) return "it does not name the hash of the row before it";
  return auditHash(withoutHash(row)) === row.hash ? null : "its content is not what was written";
}

function withoutHash({ hash: _hash, ...row }: AuditRow): Omit<AuditRow, "hash"> {
  return row;
}
