import { randomBytes } from "node:crypto";
import { runMigrations } from "graphile-worker";
import type { TestProject } from "vitest/node";
import { makePool } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { makePartitions } from "#lib/db/partitions.ts";
import { createDatabase, dropDatabase, withDatabase } from "#lib/db/server.ts";
import { startTemporaryPostgres } from "../scripts/postgres/temporary-postgres.ts";

/** Vitest global setup: a real PostgreSQL (TEST_DATABASE_URL, else the embedded one) with a template of the newest schema. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const embedded = given ? null : await startTemporaryPostgres();
  const server = given ?? embedded?.url ?? "";
  const template = `tidemark_template_${randomBytes(6).toString("hex")}`;
  await createDatabase(server, template);
  const url = withDatabase(server, template);
  await migrate(url);
  await runMigrations({ connectionString: url });
  const pool = makePool(url, 1);
  await makePartitions(pool, new Date());
  await pool.end();
  project.provide("databaseServer", server);
  project.provide("databaseTemplate", template);
  return async () => {
    await dropDatabase(server, template);
    await embedded?.stop();
  };
}
