import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";

/** `npm ci` without install scripts, when what is in node_modules is not what the lockfile says. */
export function installPackages(root) {
  if (isInstalled(root)) return;
  console.log("Installing packages (npm ci)…");
  const args = [
    "ci",
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  // npm's own file when npm started us: the `npm` in PATH may be another, or be inside the folder that is about to be replaced.
  const npm = process.env.npm_execpath;
  const own =
    npm?.endsWith("npm-cli.js") && existsSync(npm) && !process.execPath.startsWith(path.join(root, "node_modules"));
  const result = own
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ["ignore", "inherit", "inherit"] })
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (result.status === 0) return;
  // A half-made folder would otherwise be taken for an install by whoever looks next.
  rmSync(path.join(root, "node_modules/.package-lock.json"), { force: true });
  throw new Failure("`npm ci` failed; what it said is above. Is the npm registry reachable from here?");
}

/** Compares npm's own record of node_modules with the lockfile: every package there, at its version, optional ones of other platforms apart. */
function isInstalled(root) {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  for (const [name, { version, optional, devOptional, link }] of Object.entries(wanted)) {
    if (name === "" || link) continue;
    if (present[name]?.version === version) continue;
    if (present[name] === undefined && (optional || devOptional)) continue;
    return false;
  }
  return Object.keys(present).every((name) => name in wanted);
}
