import process from "node:process";
import { Refusal } from "./refusal.ts";

type Verb = (args: readonly string[]) => Promise<number>;

/** What `npm run <verb>` does; each returns its exit code. Loaded when asked for, since their needs differ. */
const VERBS: Record<string, () => Promise<Verb>> = {
  start: async () => (await import("./start.ts")).start,
  dev: async () => (await import("./start.ts")).dev,
  demo: async () => (await import("./demo/demo.ts")).demo,
  lab: async () => (await import("./lab.ts")).lab,
  test: async () => (await import("./test/test.ts")).test,
  soak: async () => (await import("./soak/soak.ts")).soak,
};

const [name = "", ...args] = process.argv.slice(2);
const load = VERBS[name];
if (!load) {
  console.error(`Unknown: ${name}. There are: ${Object.keys(VERBS).join(", ")}.`);
  process.exit(2);
}
process.exit(await runVerb(load));

async function runVerb(load: () => Promise<Verb>): Promise<number> {
  try {
    return await (
      await load()
    )(args);
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    return 1;
  } finally {
    sweepGroup();
  }
}

/** Ends what is left in the group that scripts/run.mjs made us lead, such as a Maven that was fetching jars. */
function sweepGroup(): void {
  process.on("SIGTERM", () => undefined);
  try {
    process.kill(-process.pid, "SIGTERM");
  } catch {
    return; // we lead no group: started by hand
  }
}
