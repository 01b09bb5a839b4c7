import { existsSync } from "node:fs";
import path from "node:path";
import { loadEnvFile } from "node:process";

/** Reads `.env` when there is one; what the environment already says wins. */
export function loadDotEnv(root) {
  const file = path.join(root, ".env");
  if (existsSync(file)) loadEnvFile(file);
}
