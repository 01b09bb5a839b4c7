import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { env, getAuthSecret, getDatabaseUrl, getKeyEncryptionKey, getPublicUrl } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { doctor, type Finding } from "#lib/views/doctor.ts";
import { localActor } from "./local-actor.ts";

const MARK = { ok: "✓", wrong: "✗", note: "·" } as const;

export async function doctorCommand(): Promise<boolean> {
  const settings = settingFindings();
  const question = {
    migrations: migrationNames(),
    samplingIntervalMs: env.TIDEMARK_SAMPLING_INTERVAL_MS,
    now: new Date(),
  };
  const hasDatabase = settings.every(({ about, verdict }) => about !== "database" || verdict === "ok");
  const findings = [...settings, ...(hasDatabase ? await doctor(localActor(), question) : [])];
  for (const { verdict, about, says } of findings) console.log(`${MARK[verdict]} ${about}: ${says}`);
  return findings.every(({ verdict }) => verdict !== "wrong");
}

function settingFindings(): Finding[] {
  return [
    { verdict: "ok", about: "Node", says: process.versions.node },
    { verdict: "ok", about: "home", says: env.TIDEMARK_HOME },
    { verdict: "ok", about: "address", says: getPublicUrl() },
    { verdict: "ok", about: "sampling", says: `every ${env.TIDEMARK_SAMPLING_INTERVAL_MS / 1000} s` },
    check(
      "database",
      () => `${env.DATABASE_URL === undefined ? "embedded" : "given"}, ${withoutPassword(getDatabaseUrl())}`,
    ),
    check("key for secrets", () => lengthOf(getKeyEncryptionKey())),
    check("sign-in secret", () => `set, ${getAuthSecret().length} characters`),
  ];
}

function check(about: string, says: () => string): Finding {
  try {
    return { verdict: "ok", about, says: says() };
  } catch (error) {
    return { verdict: "wrong", about, says: messageOf(error) };
  }
}

function lengthOf(key: string): string {
  const bytes = Buffer.from(key, "base64").length;
  if (bytes !== 32) throw new Error(`has ${bytes} bytes, not 32. Make one with \`openssl rand -base64 32\`.`);
  return "set, 32 bytes";
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  if (parsed.password !== "") parsed.password = "***";
  return parsed.href;
}

function migrationNames(): string[] {
  const folder = path.resolve(import.meta.dirname, "../prisma/migrations");
  return readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "migration.sql")));
}
