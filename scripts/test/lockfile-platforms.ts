import { readFileSync } from "node:fs";
import { z } from "zod";

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

const PLATFORM = /(^|[-/])(darwin|win32|windows|linux)([-/]|$)/;

/**
 * Names every optional package for darwin, win32 or linux that some installed package asks for and the lockfile lacks: `npm ci`
 * would then install nothing in its place on that platform.
 * @returns sentences, empty when the lockfile is whole
 */
export function findMissingPlatforms(lockfileText: string): string[] {
  const { packages } = Lockfile.parse(JSON.parse(lockfileText));
  const names = new Set(Object.keys(packages).map((key) => key.slice(key.lastIndexOf("node_modules/") + 13)));
  return Object.entries(packages).flatMap(([key, { version, optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => PLATFORM.test(name) && !names.has(name))
      .map(([name, wanted]) =>
        `package-lock.json lacks ${name} ${wanted}, wanted by ${key || "package.json"} ${version ?? ""}`.trim(),
      ),
  );
}

export function readLockfile(): string {
  return readFileSync("package-lock.json", "utf8");
}
