import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";

/** Node 24.7 or newer: the one npm installed for this platform, else the one we run on, else the machine's `node`. */
export function findNode24(root) {
  const candidates = [path.join(root, "node_modules/.bin/node"), process.execPath, "node"];
  const found = candidates.find(isNewEnough);
  if (found) return found;
  throw new Failure(
    `Tidemark runs on Node 24.7 or newer and there is no build of it on npm for ${process.platform}-${process.arch}. ` +
      "Install it (https://nodejs.org, `nvm install 24` or `brew install node@24`) and start again.",
  );
}

function isNewEnough(node) {
  if (path.isAbsolute(node) && !existsSync(node)) return false;
  try {
    const version = execFileSync(node, ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
    });
    const [major, minor] = version.trim().slice(1).split(".").map(Number);
    return major > 24 || (major === 24 && minor >= 7);
  } catch {
    return false;
  }
}
