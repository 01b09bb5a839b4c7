import { parseArgs } from "node:util";
import { findVariable } from "#lib/env.ts";
import { applyConnections } from "#lib/services/connections/apply-connections.ts";
import { localActor } from "./local-actor.ts";
import { readText } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

export async function applyConnectionsCommand(args: string[]): Promise<boolean> {
  const { values } = parseArgs({ args, options: { file: { type: "string", short: "f" } } });
  if (values.file === undefined) throw new UsageError("Name the file: -f tidemark.yaml");
  const applied = await applyConnections(localActor(), await readText(values.file), findVariable, new Date());
  for (const { kind, name, outcome } of applied.connections) console.log(`${kind} ${name}: ${outcome}`);
  for (const { name, outcome, unknownMembers } of applied.teams) {
    console.log(`team ${name}: ${outcome}`);
    for (const email of unknownMembers) console.error(`  ${email} has no account yet: apply again once it has.`);
  }
  return true;
}
