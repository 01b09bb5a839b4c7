import type { HopKind } from "../freshness/reading.ts";
import type { FeedContract } from "./feed-contract.ts";
import type { Responsibility } from "./owners.ts";

/** Whose a hop is, unless it names its owner. */
const RESPONSIBLE: Readonly<Record<HopKind, Responsibility>> = {
  source: "application",
  topic: "platform",
  processor: "data",
  connector: "data",
  table: "data",
  query: "data",
};

/** The team that repairs a hop; null when the contract has no hop of that name. */
export function ownerOfHop(contract: Pick<FeedContract, "path" | "owners">, hop: string): string | null {
  if (hop === "source") return contract.owners[RESPONSIBLE.source];
  const declared = contract.path.find((candidate) => candidate.hop === hop);
  if (declared === undefined) return null;
  return declared.owner ?? contract.owners[RESPONSIBLE[declared.kind]];
}
