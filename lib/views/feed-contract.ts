import type { Actor } from "#lib/auth/actor.ts";
import { canSeeFeed } from "#lib/auth/permissions.ts";
import { findActiveContract } from "#lib/db/contracts.ts";
import type { FeedContract } from "#lib/domain/contract/feed-contract.ts";
import { contractYaml } from "#lib/domain/contract/parse-contract.ts";
import { ServiceError } from "#lib/errors.ts";

export interface FeedContractView {
  slug: string;
  version: number;
  state: "active";
  contentHash: string;
  createdBy: string;
  activatedAt: string | null;
  contract: FeedContract;
  /** The same as YAML, defaults written out. */
  yaml: string;
}

/** `GET /api/v1/feeds/{slug}/contract`: the contract in force. */
export async function feedContract(actor: Actor, slug: string): Promise<FeedContractView> {
  const active = canSeeFeed(actor, slug) ? await findActiveContract(slug) : null;
  if (active === null) throw new ServiceError("not_found", `There is no feed ${slug} with a contract in force.`);
  return {
    slug,
    version: active.version,
    state: "active",
    contentHash: active.contentHash,
    createdBy: active.createdBy,
    activatedAt: active.activatedAt?.toISOString() ?? null,
    contract: active.contract,
    yaml: contractYaml(active.contract),
  };
}
