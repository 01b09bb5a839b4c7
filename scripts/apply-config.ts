import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import type { Actor } from "#lib/auth/actor.ts";
import { isServiceError } from "#lib/errors.ts";
import { applyConnections } from "#lib/services/connections/apply-connections.ts";
import { applyContract } from "#lib/services/contracts/apply-contract.ts";
import { Refusal } from "./refusal.ts";

type FindVariable = (name: string) => string | undefined;

/** Applies a YAML file, or all of a folder: connections first, then feed contracts. What is as it should be stays untouched. */
export async function applyConfig(actor: Actor, where: string, findVariable: FindVariable): Promise<string[]> {
  const files = listYaml(where).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const said: string[] = [];
  for (const { file, text } of files.filter((one) => !isContract(one.text))) {
    const applied = await explained(file, applyConnections(actor, text, findVariable, new Date()));
    said.push(...applied.connections.map(({ kind, name, outcome }) => `${kind} ${name}: ${outcome}`));
  }
  for (const { file, text } of files.filter((one) => isContract(one.text))) {
    const { slug, version, outcome } = await explained(file, applyContract(actor, text, new Date()));
    said.push(`feed ${slug}: version ${version}, ${outcome}`);
  }
  return said;
}

function listYaml(where: string): string[] {
  const kind = statSync(where, { throwIfNoEntry: false });
  if (!kind) throw new Refusal(`There is nothing at ${where}. TIDEMARK_CONFIG names a YAML file, or a folder of them.`);
  if (!kind.isDirectory()) return [where];
  return readdirSync(where)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => path.join(where, name));
}

function isContract(text: string): boolean {
  return parseAllDocuments(text).some((document) => "get" in document && document.get("kind") === "FeedContract");
}

async function explained<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    const issues = error.issues.map((issue) => `\n  ${issue.path}: ${issue.message} ${issue.remedy ?? ""}`);
    throw new Refusal(`${file}: ${error.message}${issues.join("")}`);
  }
}
