import type { AuditActor } from "../db/audit.ts";
import type { Role } from "../db/users.ts";

export type { Role };

/** Who asks. Every view and every service takes one first and decides by it alone. */
export type Actor =
  | {
      kind: "user";
      id: string;
      name: string;
      email: string;
      role: Role;
      /** Names of the teams the user is a member of. */
      teams: readonly string[];
      /** Hash by which the session is found: to end it. */
      sessionId: string;
    }
  | {
      kind: "token";
      id: string;
      name: string;
      role: Role;
      /** The one feed the token may speak of; null for all. */
      feedSlug: string | null;
    }
  /** The installation itself: a start, a command on the server's machine. */
  | { kind: "system"; name: string };

export function systemActor(name: string): Actor {
  return { kind: "system", name };
}

/** The actor as the audit trail keeps it. */
export function auditActor(actor: Actor): AuditActor {
  switch (actor.kind) {
    case "user":
      return { kind: "user", id: actor.id, name: actor.email };
    case "token":
      return { kind: "token", id: actor.id, name: actor.name };
    case "system":
      return { kind: "system", id: "system", name: actor.name };
  }
}
