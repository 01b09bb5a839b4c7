import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { canApplyContract, requirePermission } from "#lib/auth/permissions.ts";
import { canonicalJson, sha256 } from "#lib/crypto.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { createVersion, findActiveContract, latestVersionNumber, supersedeActive } from "#lib/db/contracts.ts";
import { lockFeed } from "#lib/db/feeds.ts";
import { transaction } from "#lib/db/transaction.ts";
import { uuid } from "#lib/db/uuid.ts";
import { parseContract } from "#lib/domain/contract/parse-contract.ts";
import { missingClauses } from "#lib/domain/contract/tiers.ts";
import type { FeedContract } from "#lib/domain/contract/feed-contract.ts";
import { env } from "#lib/env.ts";
import { ServiceError } from "#lib/errors.ts";

export interface AppliedContract {
  slug: string;
  version: number;
  outcome: "created" | "changed" | "unchanged";
}

/**
 * Puts a contract in force as the feed's next version; the one before is superseded. The same content again changes
 * nothing. This is the way of an operator on the server's machine; everyone else proposes and is reviewed.
 * @param yaml the document, YAML or JSON, kept word for word beside what was read from it
 */
export async function applyContract(actor: Actor, yaml: string, now: Date): Promise<AppliedContract> {
  requirePermission(canApplyContract(actor), "apply-contract");
  const contract = readContract(yaml);
  const { slug } = contract.metadata;
  const contentHash = sha256(canonicalJson(contract));
  return transaction(async (tx) => {
    const feed = await lockFeed(tx, slug);
    const active = await findActiveContract(slug, tx);
    if (active?.contentHash === contentHash) return { slug, version: active.version, outcome: "unchanged" };
    const version = (await latestVersionNumber(feed.id, tx)) + 1;
    await supersedeActive(tx, feed.id, now);
    const by = auditActor(actor);
    await createVersion(tx, {
      id: uuid(),
      feedId: feed.id,
      version,
      state: "active",
      contract,
      source: yaml,
      contentHash,
      createdBy: by.name,
      createdAt: now,
      activatedAt: now,
    });
    const entry = {
      actor: by,
      action: "contract.applied",
      subject: { type: "feed", id: feed.id },
      before: active === null ? null : { version: active.version, contentHash: active.contentHash },
      after: { slug, version, contentHash },
    };
    await appendAudit(tx, entry, now);
    return { slug, version, outcome: active === null ? "created" : "changed" };
  });
}

/** Reads a contract that may become active: whole as its tier asks, and measurable at this sampling interval. */
export function readContract(yaml: string): FeedContract {
  const parsed = parseContract(yaml, { samplingIntervalMs: env.TIDEMARK_SAMPLING_INTERVAL_MS });
  if (!parsed.ok) throw new ServiceError("invalid", "The contract has errors.", { issues: parsed.issues });
  const missing = missingClauses(parsed.contract);
  if (missing.length === 0) return parsed.contract;
  const { tier } = parsed.contract.metadata;
  const issues = missing.map((clause) => ({
    path: clause,
    message: `A ${tier} feed has a ${clause} clause`,
    remedy: `Add ${clause}: …, or use the tier internal.`,
  }));
  throw new ServiceError("invalid", "The contract is not whole yet.", { issues });
}
