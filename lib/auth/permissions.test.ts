import { describe, expect, test } from "vitest";
import type { Actor, Role } from "./actor.ts";
import { systemActor } from "./actor.ts";
import {
  ACTIONS,
  ROLES_BY_ACTION,
  canApplyContract,
  canMakeTokens,
  canManageConnections,
  canManagePeople,
  canProposeContract,
  canSeeAudit,
  canSeeConnections,
  canSeeFeed,
  canSeeFeeds,
  forbidden,
  onlyFeedOf,
  requirePermission,
  type Action,
} from "./permissions.ts";

const ASK: Readonly<Record<Action, (actor: Actor) => boolean>> = {
  "see-feeds": canSeeFeeds,
  "see-connections": canSeeConnections,
  "see-audit": canSeeAudit,
  "propose-contract": (actor) => canProposeContract(actor, "orders"),
  "apply-contract": canApplyContract,
  "manage-connections": canManageConnections,
  "manage-people": canManagePeople,
  "make-tokens": canMakeTokens,
};

/** Written out once more, so that a change of the table is seen twice. */
const EXPECTED: Readonly<Record<Role, readonly Action[]>> = {
  viewer: ["see-feeds", "see-connections"],
  owner: ["see-feeds", "see-connections", "propose-contract"],
  platform_lead: ["see-feeds", "see-connections", "propose-contract", "manage-connections"],
  security_reviewer: ["see-feeds", "see-connections", "see-audit"],
  auditor: ["see-feeds", "see-connections", "see-audit"],
  admin: [
    "see-feeds",
    "see-connections",
    "see-audit",
    "propose-contract",
    "manage-connections",
    "manage-people",
    "make-tokens",
  ],
};

const ROLES = Object.keys(EXPECTED) as Role[];
const ALL = Object.keys(ACTIONS) as Action[];

const user = (role: Role): Actor => ({
  kind: "user",
  id: "u",
  name: "U",
  email: "u@x.example",
  role,
  teams: [],
  sessionId: "s",
});
const token = (role: Role, feedSlug: string | null): Actor => ({ kind: "token", id: "t", name: "T", role, feedSlug });

describe("every role and every action", () => {
  test.each(ROLES.flatMap((role) => ALL.map((action) => [role, action] as const)))("%s: %s", (role, action) => {
    expect(ASK[action](user(role))).toBe(EXPECTED[role].includes(action));
    expect(ASK[action](token(role, null))).toBe(EXPECTED[role].includes(action));
  });

  test("the system may do all", () => {
    expect(ALL.every((action) => ASK[action](systemActor("start")))).toBe(true);
  });
});

describe("a token of one feed", () => {
  test("sees that feed alone and changes nothing else", () => {
    const bound = token("admin", "orders");
    expect(canSeeFeed(bound, "orders")).toBe(true);
    expect(canSeeFeed(bound, "payments")).toBe(false);
    expect(canProposeContract(bound, "payments")).toBe(false);
    expect(ALL.filter((action) => ASK[action](bound))).toEqual(["see-feeds", "propose-contract"]);
    expect(onlyFeedOf(bound)).toBe("orders");
    expect(onlyFeedOf(user("viewer"))).toBeNull();
  });
});

test("a refusal says what and who", () => {
  expect(forbidden("manage-connections").message).toBe(
    "You may not change connections. It takes the role platform lead or admin. Ask an administrator for it.",
  );
  expect(() => requirePermission(false, "apply-contract")).toThrow(/command line/);
  expect(() => requirePermission(true, "apply-contract")).not.toThrow();
  expect(Object.keys(ROLES_BY_ACTION)).toEqual(ALL);
});
