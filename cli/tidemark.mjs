#!/usr/bin/env node
// The way into the tidemark command: plain JavaScript, since it may be started by a Node that can't run TypeScript yet.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isNewEnough = major > 24 || (major === 24 && minor >= 7);
const installed = path.join(root, "node_modules/.bin/node");

if (isNewEnough) {
  const file = path.join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  process.env.TIDEMARK_HOME ||= path.join(root, ".tidemark");
  await import("./main.ts");
} else if (existsSync(installed) && process.env.TIDEMARK_REEXEC !== "1") {
  const env = { ...process.env, TIDEMARK_REEXEC: "1" };
  const { status, error } = spawnSync(installed, [import.meta.filename, ...process.argv.slice(2)], {
    stdio: "inherit",
    env,
  });
  if (error) console.error(`Node 24 could not be started: ${error.message}`);
  process.exitCode = status ?? 1;
} else {
  console.error(
    `tidemark needs Node 24.7 or newer; this is ${process.versions.node}. Run \`npm start\` once, which brings it, or install it from https://nodejs.org.`,
  );
  process.exitCode = 1;
}
