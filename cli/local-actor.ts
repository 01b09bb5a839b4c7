import { userInfo } from "node:os";
import { systemActor, type Actor } from "#lib/auth/actor.ts";

/** Whoever can read this installation's database may act on it; the audit trail names their account on the machine. */
export function localActor(): Actor {
  return systemActor(`tidemark command (${userName()})`);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown user";
  }
}
