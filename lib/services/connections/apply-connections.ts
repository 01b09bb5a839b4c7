import { auditActor, type Actor } from "#lib/auth/actor.ts";
import { canManageConnections, canManagePeople, requirePermission } from "#lib/auth/permissions.ts";
import { canonicalJson } from "#lib/crypto.ts";
import { appendAudit, lockAuditChain } from "#lib/db/audit.ts";
import { findStoredConnection, openSecretOf, putConnection } from "#lib/db/connections.ts";
import { deleteSecret, putSecret } from "#lib/db/secrets.ts";
import { findTeam, putTeam } from "#lib/db/teams.ts";
import { transaction, type Transaction } from "#lib/db/transaction.ts";
import { listUserIds, normalEmail } from "#lib/db/users.ts";
import { uuid } from "#lib/db/uuid.ts";
import { declaredConnections, type DeclaredConnection } from "#lib/domain/connections/declared-connections.ts";
import { parseTidemarkFile, type TidemarkFile } from "#lib/domain/connections/tidemark-file.ts";
import { ServiceError } from "#lib/errors.ts";

type Outcome = "created" | "changed" | "unchanged";

export interface AppliedConnections {
  connections: { kind: string; name: string; outcome: Outcome }[];
  teams: { name: string; outcome: Outcome; unknownMembers: string[] }[];
}

/**
 * Makes the connections and teams of a `tidemark.yaml` what it says. What it does not name stays as it is; what is the
 * same already is not written. Secrets are stored encrypted and never given back.
 * @param variable the environment the file's `${NAME}` are taken from
 */
export async function applyConnections(
  actor: Actor,
  yaml: string,
  variable: (name: string) => string | undefined,
  now: Date,
): Promise<AppliedConnections> {
  requirePermission(canManageConnections(actor), "manage-connections");
  requirePermission(canManagePeople(actor), "manage-people");
  const parsed = parseTidemarkFile(yaml, variable);
  if (!parsed.ok) throw new ServiceError("invalid", "The connections could not be applied.", { issues: parsed.issues });
  return transaction(async (tx) => {
    await lockAuditChain(tx);
    await refuseDanglingClusters(parsed.file, tx);
    const applied: AppliedConnections = { connections: [], teams: [] };
    for (const declared of declaredConnections(parsed.file)) {
      const outcome = await applyConnection(actor, declared, now, tx);
      applied.connections.push({ kind: declared.kind, name: declared.name, outcome });
    }
    for (const team of parsed.file.teams) applied.teams.push(await applyTeam(actor, team, now, tx));
    return applied;
  });
}

/** Connect and Flink name the cluster they work on; it is declared in the same file or known already. */
async function refuseDanglingClusters(file: TidemarkFile, tx: Transaction): Promise<void> {
  const declared = new Set(file.clusters.map(({ name }) => name));
  for (const section of ["connects", "flinks"] as const) {
    for (const [index, { cluster }] of file[section].entries()) {
      if (declared.has(cluster)) continue;
      const stored = await findStoredConnection("cluster", cluster, tx);
      if (stored !== null && stored.removedAt === null) continue;
      const issue = {
        path: `${section}[${index}].cluster`,
        message: `No cluster is called ${cluster}`,
        remedy: "Declare it under clusters, or correct the name.",
      };
      throw new ServiceError("invalid", "The connections could not be applied.", { issues: [issue] });
    }
  }
}

async function applyConnection(
  actor: Actor,
  declared: DeclaredConnection,
  now: Date,
  tx: Transaction,
): Promise<Outcome> {
  const { kind, name, config, secret } = declared;
  const stored = await findStoredConnection(kind, name, tx);
  const known = stored !== null && stored.removedAt === null;
  const sameSecret =
    stored !== null && canonicalJson(await openSecretOf(stored.secretId, tx)) === canonicalJson(secret);
  if (known && sameSecret && canonicalJson(stored.config) === canonicalJson(config)) return "unchanged";
  const id = stored?.id ?? uuid();
  const text = Object.keys(secret).length === 0 ? null : JSON.stringify(secret);
  const newSecretId = sameSecret ? stored.secretId : text === null ? null : await putSecret(tx, text);
  await putConnection(tx, { id, kind, name, config, secretId: newSecretId });
  if (stored?.secretId && stored.secretId !== newSecretId) await deleteSecret(tx, stored.secretId);
  const entry = {
    actor: auditActor(actor),
    action: known ? "connection.changed" : "connection.created",
    subject: { type: "connection", id },
    before: known ? stored.config : null,
    after: { kind, name, config, secret: sameSecret ? "kept" : text === null ? "none" : "set" },
  };
  await appendAudit(tx, entry, now);
  return known ? "changed" : "created";
}

async function applyTeam(
  actor: Actor,
  team: TidemarkFile["teams"][number],
  now: Date,
  tx: Transaction,
): Promise<AppliedConnections["teams"][number]> {
  const stored = await findTeam(team.name, tx);
  const ids = await listUserIds(team.members, tx);
  const memberIds = [...ids.values()].sort();
  const contact = team.contact ?? null;
  const unknownMembers = team.members.filter((email) => !ids.has(normalEmail(email)));
  const same =
    stored !== null && stored.contact === contact && canonicalJson(stored.memberIds) === canonicalJson(memberIds);
  if (same) return { name: team.name, outcome: "unchanged", unknownMembers };
  const id = stored?.id ?? uuid();
  await putTeam(tx, { id, name: team.name, contact, memberIds });
  const entry = {
    actor: auditActor(actor),
    action: stored === null ? "team.created" : "team.changed",
    subject: { type: "team", id },
    before: stored === null ? null : { contact: stored.contact, memberIds: stored.memberIds },
    after: { name: team.name, contact, memberIds },
  };
  await appendAudit(tx, entry, now);
  return { name: team.name, outcome: stored === null ? "created" : "changed", unknownMembers };
}
