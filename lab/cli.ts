import { connection, down, heal, incident, status, up } from "./api.ts";

const USAGE = "npm run lab -- up [--small] [--reset] | down | status | incident <name> | heal";

/** The `lab` command. */
async function main(args: readonly string[]): Promise<void> {
  const [verb, name] = args;
  const say = (text: string): void => console.log(text);
  if (verb === "up") {
    await up({ small: args.includes("--small"), reset: args.includes("--reset"), onStep: say });
    return describe(say);
  }
  if (verb === "down") return down();
  if (verb === "status") return describe(say);
  if (verb === "incident" && name) {
    await incident(name);
    return say(`${name} is on. Undo it: npm run lab -- heal`);
  }
  if (verb === "heal") {
    await heal();
    return say("Healed: every piece is well and all that waited is in the table.");
  }
  throw new Error(USAGE);
}

async function describe(say: (text: string) => void): Promise<void> {
  const state = await status();
  if (!state) return say("The lab was never started here.");
  say(`Lab: ${state.phase}${state.because ? ` (${state.because})` : ""}`);
  for (const piece of state.pieces)
    say(`  ${piece.name.padEnd(18)} ${piece.state}${piece.because ? `: ${piece.because}` : ""}`);
  if (state.incidents.length) say(`Incidents that are on: ${state.incidents.join(", ")}`);
  if (state.phase === "down") return;
  const { bootstrap, connectUrl, registryUrl, catalogUri, files } = connection();
  say(`Brokers ${bootstrap.join(", ")} · Connect ${connectUrl} · registry ${registryUrl} · catalog ${catalogUri}`);
  say(`Connections ${files.tidemark}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
