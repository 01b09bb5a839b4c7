import type { Actor } from "#lib/auth/actor.ts";
import { canSeeFeed, canSeeFeeds, requirePermission } from "#lib/auth/permissions.ts";
import { findActiveContract } from "#lib/db/contracts.ts";
import { contractYaml } from "#lib/domain/contract/parse-contract.ts";
import { ServiceError } from "#lib/errors.ts";

/** The contract in force as YAML, defaults written out: applied again it changes nothing. */
export async function exportContract(actor: Actor, slug: string): Promise<string> {
  requirePermission(canSeeFeeds(actor), "see-feeds");
  const active = canSeeFeed(actor, slug) ? await findActiveContract(slug) : null;
  if (active === null) throw new ServiceError("not_found", `There is no feed ${slug} with a contract in force.`);
  return contractYaml(active.contract);
}
