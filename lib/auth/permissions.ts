import { ServiceError } from "../errors.ts";
import type { Actor, Role } from "./actor.ts";

/** Everything that can be asked of Tidemark, as the end of "may …". */
export const ACTIONS = {
  "see-feeds": "see feeds",
  "see-connections": "see connections",
  "see-audit": "read the audit trail",
  "propose-contract": "propose a contract",
  "apply-contract": "put a contract in force without a review",
  "manage-connections": "change connections",
  "manage-people": "change accounts and teams",
  "make-tokens": "make API tokens",
} as const;
export type Action = keyof typeof ACTIONS;

/** Who may do what: the only statement of it. A role that is not named may not. */
export const ROLES_BY_ACTION: Readonly<Record<Action, readonly Role[]>> = {
  "see-feeds": ["viewer", "owner", "platform_lead", "security_reviewer", "auditor", "admin"],
  "see-connections": ["viewer", "owner", "platform_lead", "security_reviewer", "auditor", "admin"],
  "see-audit": ["security_reviewer", "auditor", "admin"],
  "propose-contract": ["owner", "platform_lead", "admin"],
  "apply-contract": [],
  "manage-connections": ["platform_lead", "admin"],
  "manage-people": ["admin"],
  "make-tokens": ["admin"],
};

/** What a token of one feed may still do. */
const OF_ONE_FEED: readonly Action[] = ["see-feeds", "propose-contract"];

function may(actor: Actor, action: Action): boolean {
  switch (actor.kind) {
    case "system":
      return true;
    case "token":
      if (actor.feedSlug !== null && !OF_ONE_FEED.includes(action)) return false;
      return ROLES_BY_ACTION[action].includes(actor.role);
    case "user":
      return ROLES_BY_ACTION[action].includes(actor.role);
  }
}

/** Whether the actor is bound to one feed that is not this one. */
function isOfAnotherFeed(actor: Actor, slug: string): boolean {
  return actor.kind === "token" && actor.feedSlug !== null && actor.feedSlug !== slug;
}

export const canSeeFeeds = (actor: Actor) => may(actor, "see-feeds");
export const canSeeFeed = (actor: Actor, slug: string) => may(actor, "see-feeds") && !isOfAnotherFeed(actor, slug);
export const canSeeConnections = (actor: Actor) => may(actor, "see-connections");
export const canSeeAudit = (actor: Actor) => may(actor, "see-audit");
export const canProposeContract = (actor: Actor, slug: string) =>
  may(actor, "propose-contract") && !isOfAnotherFeed(actor, slug);
export const canApplyContract = (actor: Actor) => may(actor, "apply-contract");
export const canManageConnections = (actor: Actor) => may(actor, "manage-connections");
export const canManagePeople = (actor: Actor) => may(actor, "manage-people");
export const canMakeTokens = (actor: Actor) => may(actor, "make-tokens");

/** The one feed an actor is bound to, for a list that must hold nothing else; null when it may see all. */
export function onlyFeedOf(actor: Actor): string | null {
  return actor.kind === "token" ? actor.feedSlug : null;
}

/** Refuses in one wording: what may not be done, and who could. */
export function forbidden(action: Action): ServiceError {
  const roles = ROLES_BY_ACTION[action].map((role) => role.replace("_", " "));
  const who =
    roles.length === 0
      ? "It is done by the command line on the server's machine."
      : `It takes the role ${roles.join(" or ")}. Ask an administrator for it.`;
  return new ServiceError("forbidden", `You may not ${ACTIONS[action]}. ${who}`);
}

/** `requirePermission(canManagePeople(actor), "manage-people")`: the first line of a service. */
export function requirePermission(allowed: boolean, action: Action): void {
  if (!allowed) throw forbidden(action);
}
