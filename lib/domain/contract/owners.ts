import { z } from "zod";
import { TeamRef } from "./formats.ts";

/** The five responsibilities of a feed. */
export type Responsibility = "application" | "data" | "platform" | "security" | "sre";

/** The team behind each responsibility; `recovery` names the recovery owner where it is not sre. */
export const OwnersClause = z.strictObject({
  application: TeamRef,
  data: TeamRef,
  platform: TeamRef,
  security: TeamRef,
  sre: TeamRef,
  recovery: TeamRef.optional(),
});
export type OwnersClause = z.infer<typeof OwnersClause>;

export function recoveryOwner(owners: OwnersClause): string {
  return owners.recovery ?? owners.sre;
}
