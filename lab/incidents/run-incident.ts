import type { Lab } from "../supervisor/lab.ts";
import { waitUntilHealthy } from "./health.ts";
import { INCIDENTS, isIncident } from "./incidents.ts";

export async function runIncident(lab: Lab, name: string): Promise<void> {
  if (!isIncident(name)) {
    throw new Error(`There is no incident called ${name}. There are: ${Object.keys(INCIDENTS).sort().join(", ")}`);
  }
  lab.journal("incident begins", { incident: name });
  const details = await INCIDENTS[name].begin(lab).catch((error: unknown) => {
    lab.journal("incident failed", { incident: name, because: String(error) });
    throw error;
  });
  lab.incidents.add(name);
  lab.journal("incident on", { incident: name, ...(details ?? {}) });
  lab.save();
}

/** Undoes all, and answers when every piece is well and all that waited is in the table. */
export async function healAll(lab: Lab): Promise<void> {
  const since = Date.now();
  lab.journal("heal begins", { incidents: [...lab.incidents] });
  for (const { undo } of Object.values(INCIDENTS)) await undo(lab);
  for (const piece of lab.allPieces()) await piece.start();
  lab.journal("incidents off", { incidents: [...lab.incidents] });
  lab.incidents.clear();
  lab.save();
  await waitUntilHealthy(lab);
  lab.journal("healed", { tookMs: Date.now() - since });
}
