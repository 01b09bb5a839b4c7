import type { FeedContract, Tier } from "./feed-contract.ts";

/** Clauses that a tier asks for beyond sources, lateness, path, target and owners, which every contract has. */
const TIER_CLAUSES: Readonly<Record<Tier, readonly ("schema" | "access" | "replay")[]>> = {
  internal: [],
  standard: ["schema", "access", "replay"],
  critical: ["schema", "access", "replay"],
};

/** Clauses its tier asks for that a contract has not; while there are any, it can't become active. */
export function missingClauses(contract: FeedContract): ("schema" | "access" | "replay")[] {
  return TIER_CLAUSES[contract.metadata.tier].filter((clause) => contract[clause] === undefined);
}
