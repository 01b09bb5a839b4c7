import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { registryUrl } from "../apps/registry-client.ts";
import { bootstrapOf, type LabContext } from "../lab-context.ts";

/** Writes the connections and contracts of this lab to <home>/lab/feeds, with the addresses it really has. */
export function writeFeeds(context: LabContext): void {
  const values: Record<string, string> = {
    __BOOTSTRAP__: bootstrapOf(context)
      .map((address) => `"${address}"`)
      .join(", "),
    __CONNECT__: `http://127.0.0.1:${context.ports.connect}`,
    __REGISTRY__: registryUrl(context),
    __CATALOG__: `http://127.0.0.1:${context.ports.catalog}`,
  };
  const folder = path.join(context.paths.root, "feeds");
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".yaml"))) {
    const text = readFileSync(path.join(import.meta.dirname, file), "utf8");
    const filled = text.replace(/__[A-Z]+__/g, (name) => values[name] ?? name);
    writeFileSync(path.join(folder, file), filled);
  }
}
