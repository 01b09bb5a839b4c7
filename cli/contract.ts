import { parseArgs } from "node:util";
import { contractJsonSchema } from "#lib/domain/contract/json-schema.ts";
import { isServiceError, ServiceError } from "#lib/errors.ts";
import { applyContract, readContract } from "#lib/services/contracts/apply-contract.ts";
import { feedContract } from "#lib/views/feed-contract.ts";
import { findRemote } from "./find-remote.ts";
import { localActor } from "./local-actor.ts";
import { readText } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

export async function validateCommand(args: string[]): Promise<boolean> {
  let whole = true;
  for (const file of filesOf(args)) {
    const text = await readText(file);
    try {
      console.log(`${file}: ${readContract(text).metadata.slug} is whole`);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      whole = false;
      for (const issue of error.issues) {
        const line = "line" in issue && typeof issue.line === "number" ? `:${issue.line}` : "";
        console.error(`${file}${line}: ${issue.message}. ${issue.remedy ?? ""}`);
      }
    }
  }
  return whole;
}

export async function applyCommand(args: string[]): Promise<boolean> {
  if (findRemote() !== null) {
    throw new ServiceError(
      "unavailable",
      "From afar a contract is proposed and reviewed, which this version can't do yet. Apply it on the server's machine, without TIDEMARK_URL.",
    );
  }
  for (const file of filesOf(args)) {
    const { slug, version, outcome } = await applyContract(localActor(), await readText(file), new Date());
    console.log(`${slug}: version ${version}, ${outcome}`);
  }
  return true;
}

export async function exportCommand(args: string[]): Promise<boolean> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [slug] = positionals;
  if (slug === undefined) throw new UsageError("Name the feed by its slug.");
  process.stdout.write(await exported(slug));
  return true;
}

async function exported(slug: string): Promise<string> {
  const remote = findRemote();
  if (remote === null) return (await feedContract(localActor(), slug)).yaml;
  const body = await remote.get(`/feeds/${encodeURIComponent(slug)}/contract`);
  if (typeof body === "object" && body !== null && "yaml" in body && typeof body.yaml === "string") return body.yaml;
  throw new ServiceError("unavailable", "The server's answer has no contract in it.");
}

export function schemaCommand(): Promise<boolean> {
  console.log(JSON.stringify(contractJsonSchema(), null, 2));
  return Promise.resolve(true);
}

function filesOf(args: string[]): string[] {
  const options = { file: { type: "string", short: "f", multiple: true } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const files = [...(values.file ?? []), ...positionals];
  if (files.length === 0) throw new UsageError("Name a file, or - for standard input.");
  return files;
}
