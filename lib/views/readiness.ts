import { readSchemaState } from "#lib/db/readiness.ts";

/** Whether the web process can serve: its database answers and is migrated. Told to anyone, so without details. */
export async function readiness(): Promise<{ ready: true; because: null } | { ready: false; because: string }> {
  try {
    const { finished, unfinished } = await readSchemaState();
    if (finished.length === 0 || unfinished.length > 0) return { ready: false, because: "migrations" };
    return { ready: true, because: null };
  } catch {
    return { ready: false, because: "database" };
  }
}
