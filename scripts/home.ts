import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { messageOf } from "#lib/errors.ts";

/** The folder of everything this installation keeps outside its database: mode 0700, its secrets 0600. */
export function openHome(folder: string): string {
  mkdirSync(path.join(folder, "logs"), { recursive: true, mode: 0o700 });
  return folder;
}

/** Reads a file of the home; null when it is not there. */
export function findKept(home: string, name: string): string | null {
  try {
    return readFileSync(path.join(home, name), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new Error(`Cannot read ${path.join(home, name)}: ${messageOf(error)}`, { cause: error });
  }
}

export function keep(home: string, name: string, text: string): void {
  writeFileSync(path.join(home, name), text, { mode: 0o600 });
}

export function forget(home: string, name: string): void {
  rmSync(path.join(home, name), { force: true });
}

/** A secret of 32 random bytes in base64, made at its first use and kept. */
export function getKeptSecret(home: string, name: string): string {
  const kept = findKept(home, name)?.trim();
  if (kept) return kept;
  const made = randomBytes(32).toString("base64");
  keep(home, name, `${made}\n`);
  return made;
}

/** A short name for this home that is safe in a path. */
export function homeKey(home: string): string {
  return createHash("sha256").update(path.resolve(home)).digest("hex").slice(0, 12);
}
