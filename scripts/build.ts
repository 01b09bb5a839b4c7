import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inheritedEnv } from "./inherited-env.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Guard } from "./guard.ts";
import { Refusal } from "./refusal.ts";

/** All that ends up in the web build; tests and docs are left out. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-node.ts",
  "tsconfig.json",
  "package-lock.json",
];

/** `next build`, when the sources changed since the last one. */
export async function buildWeb(root: string, logFile: string, guard: Guard): Promise<"built" | "kept"> {
  const stamp = path.join(root, ".next/built-from");
  const wanted = hashSources(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return "kept";
  const env = inheritedEnv({ NODE_ENV: "production" });
  const result = await runToEnd(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    cwd: root,
    env,
    guard,
  });
  mkdirSync(path.dirname(logFile), { recursive: true });
  writeFileSync(logFile, result.output);
  if (result.code !== 0) throw new Refusal(`next build failed:\n${result.output}`);
  writeFileSync(stamp, wanted);
  return "built";
}

function hashSources(root: string): string {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap((name) => listFiles(root, name))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function listFiles(root: string, name: string): string[] {
  const full = path.join(root, name);
  if (!existsSync(full)) return [];
  const entries = readdirSync(path.dirname(full), { withFileTypes: true });
  const self = entries.find((entry) => entry.name === path.basename(full));
  if (!self?.isDirectory()) return [name];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
