import type { Actor } from "#lib/auth/actor.ts";
import { canSeeConnections, requirePermission } from "#lib/auth/permissions.ts";
import { listNewestAttempts, type NewestAttempt } from "#lib/db/newest-attempts.ts";
import { readSchemaState } from "#lib/db/readiness.ts";
import { messageOf } from "#lib/errors.ts";

export interface Finding {
  /** `ok`: as it should be; `wrong`: needs someone; `note`: worth knowing. */
  verdict: "ok" | "wrong" | "note";
  about: string;
  says: string;
}

export interface DoctorQuestion {
  /** Names of the migrations this version brings. */
  migrations: readonly string[];
  samplingIntervalMs: number;
  now: Date;
}

/** What of an installation is in order: its schema, and how fresh the newest sample of each connection is. */
export async function doctor(actor: Actor, question: DoctorQuestion): Promise<Finding[]> {
  requirePermission(canSeeConnections(actor), "see-connections");
  try {
    const schema = await schemaFinding(question.migrations);
    if (schema.verdict === "wrong") return [schema];
    const attempts = await listNewestAttempts();
    if (attempts.length > 0) return [schema, ...attempts.map((attempt) => attemptFinding(attempt, question))];
    const none = "none yet. Declare them in tidemark.yaml and run `npx tidemark connection apply -f tidemark.yaml`.";
    return [schema, { verdict: "note", about: "connections", says: none }];
  } catch (error) {
    return [{ verdict: "wrong", about: "database", says: `does not answer: ${messageOf(error)}` }];
  }
}

async function schemaFinding(migrations: readonly string[]): Promise<Finding> {
  const { finished, unfinished } = await readSchemaState();
  const pending = migrations.filter((name) => !finished.includes(name));
  if (unfinished.length > 0)
    return { verdict: "wrong", about: "schema", says: `left half done: ${unfinished.join(", ")}` };
  if (pending.length > 0) {
    return {
      verdict: "wrong",
      about: "schema",
      says: `lacks ${pending.join(", ")}: \`npm start\` brings it up to date.`,
    };
  }
  return { verdict: "ok", about: "schema", says: `${finished.length} migrations, none pending` };
}

function attemptFinding({ kind, name, tick, outcome, error }: NewestAttempt, question: DoctorQuestion): Finding {
  const about = `${kind} ${name}`;
  if (tick === null) return { verdict: "wrong", about, says: "never sampled. Does a worker run?" };
  const seconds = Math.round((question.now.getTime() - tick.getTime()) / 1000);
  const when = `newest sample ${seconds} s ago`;
  if (seconds * 1000 > 3 * question.samplingIntervalMs + 10_000) {
    return { verdict: "wrong", about, says: `${when}: sampling has stopped. Does a worker run?` };
  }
  if (outcome === "failed" || outcome === "missed") {
    return { verdict: "wrong", about, says: `${when}: ${outcome}${error === null ? "" : `, ${error}`}` };
  }
  return {
    verdict: outcome === "ok" ? "ok" : "note",
    about,
    says: `${when}: ${outcome ?? "unknown"}${error === null ? "" : `, ${error}`}`,
  };
}
