import type { Lab } from "../supervisor/lab.ts";

export async function runIncident(_lab: Lab, name: string): Promise<void> {
  throw new Error(`There is no incident ${name}`);
}

export async function healAll(_lab: Lab): Promise<void> {}
