import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";

/** `prisma generate`, when the schema or Prisma changed since the last one. */
export function generateClient(root, node) {
  const stamp = path.join(root, "generated/prisma/.made-from");
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"]) {
    hash.update(readFileSync(path.join(root, file)));
  }
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const result = spawnSync(node, ["node_modules/prisma/build/index.js", "generate", "--no-hints"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (result.status !== 0) throw new Failure(`prisma generate failed:\n${result.stdout}${result.stderr}`);
  writeFileSync(stamp, wanted);
}
