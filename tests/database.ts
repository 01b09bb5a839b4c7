import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase, useDatabase } from "#lib/db/client.ts";
import { createDatabase, dropDatabase, withDatabase } from "#lib/db/server.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
    databaseTemplate: string;
  }
}

export interface TestDatabase {
  /** Only known once the file's `beforeAll` ran. */
  readonly url: string;
}

/**
 * Gives this test file a database of its own: a clone of the migrated template (graphile-worker's schema and the partitions of
 * yesterday to a week ahead included). Call it once at the top of an `x.db.test.ts`; `getPool()` and `getPrisma()` then lead there.
 */
export function useTestDatabase(): TestDatabase {
  const server = inject("databaseServer");
  const name = `tidemark_test_${randomBytes(6).toString("hex")}`;
  const url = withDatabase(server, name);
  beforeAll(async () => {
    await createDatabase(server, name, inject("databaseTemplate"));
    await useDatabase(url);
  });
  afterAll(async () => {
    await closeDatabase();
    await dropDatabase(server, name);
  });
  return { url };
}
