import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** The content of a JSON file, or null when there is none. A file that is not JSON throws. The caller vouches for the shape: only the lab writes these. */
export function findJson<T>(file: string): T | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  return JSON.parse(text) as T;
}

/** Writes whole or not at all; readable by its owner alone. */
export function writeJson(file: string, value: unknown): void {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(aside, file);
}
