// The way in for every npm script: plain JavaScript for Node 20.19 and newer, without dependencies, since nothing is installed yet.
// It installs what the lockfile names, finds Node 24, generates the database client, then hands over to scripts/main.ts.
import { spawn } from "node:child_process";
import path from "node:path";
import { printChecklist } from "./bootstrap/checklist.mjs";
import { Failure } from "./bootstrap/failure.mjs";
import { findNode24 } from "./bootstrap/find-node.mjs";
import { generateClient } from "./bootstrap/generate-client.mjs";
import { installPackages } from "./bootstrap/install-packages.mjs";
import { loadDotEnv } from "./bootstrap/load-dot-env.mjs";

const root = path.resolve(import.meta.dirname, "..");
const [verb = "start", ...args] = process.argv.slice(2);

process.chdir(root);
loadDotEnv(root);
process.env.TIDEMARK_HOME ||= path.join(root, ".tidemark");
process.env.NEXT_TELEMETRY_DISABLED ||= "1";
process.env.CHECKPOINT_DISABLE ||= "1";

try {
  await prepare();
  handOver(findNode24(root));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function prepare() {
  if (process.platform === "win32") {
    throw new Failure(
      "Tidemark runs on Linux and macOS. On Windows, run it inside WSL2: https://learn.microsoft.com/windows/wsl/install",
    );
  }
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Failure(
      `Node ${process.versions.node} is too old to start with: install Node 20.19 or newer (https://nodejs.org). Node 24 then comes with the install.`,
    );
  }
  const demo = verb === "demo" && !args.includes("--accounts");
  if (demo) await printChecklist(root);
  if (demo) console.log("Step 1 of 6: packages");
  installPackages(root);
  generateClient(root, findNode24(root));
}

function handOver(node) {
  const bin = path.join(root, "node_modules/.bin");
  const child = spawn(node, ["scripts/main.ts", verb, ...args], {
    // Over the channel, main.ts notices at once when this process is killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    // A group of its own: it gets a terminal's Ctrl-C once, from us, and sweeps its group when it ends.
    detached: true,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Could not run ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGKILL" ? 137 : 1)));
}
