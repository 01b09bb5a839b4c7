import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";

/** The key Prisma itself locks by, so that the two never migrate at once. */
const LOCK = 72_707_369;
const OLDEST_SERVER = 150_000;

const BOOK = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Applies `prisma/migrations` in order, into the book `prisma migrate deploy` keeps, without Prisma's command line.
 * One at a time under an advisory lock; each migration is one transaction, so a failed one leaves nothing behind.
 * @returns the names applied now
 */
export async function migrate(url: string, folder = path.resolve("prisma/migrations")): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "tidemark-migrate",
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(BOOK);
    const { rows } = await client.query<Applied>(
      "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
    );
    const book = new Map(rows.map((row) => [row.migration_name, row]));
    const done: string[] = [];
    for (const { name, sql } of readMigrations(folder)) {
      if (await applyOne(client, name, sql, book.get(name))) done.push(name);
    }
    return done;
  } finally {
    await client.end();
  }
}

function readMigrations(folder: string): { name: string; sql: string }[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, file: path.join(folder, name, "migration.sql") }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, sql: readFileSync(file, "utf8") }));
}

async function applyOne(client: pg.Client, name: string, sql: string, row: Applied | undefined): Promise<boolean> {
  const checksum = createHash("sha256").update(sql).digest("hex");
  if (row && !row.finished_at)
    throw new Error(
      `Migration ${name} failed before and was left half done. Resolve it by \`npx prisma migrate resolve\`, then start again.`,
    );
  if (row && row.checksum !== checksum)
    throw new Error(
      `Migration ${name} was edited after this database had applied it. Put the file back as it was, and write the change as a new migration.`,
    );
  if (row) return false;
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return true;
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  );
  const server = rows[0];
  if (!server || server.number < OLDEST_SERVER) {
    throw new Error(`PostgreSQL ${server?.version ?? "of unknown version"} is too old: Tidemark needs 15 or newer.`);
  }
}
