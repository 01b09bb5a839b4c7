import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { makePool } from "./client.ts";
import { migrate } from "./migrate.ts";
import { createDatabase, dropDatabase, withDatabase } from "./server.ts";

describe("migrate", () => {
  const name = `tidemark_migrate_${process.pid}`;
  let url = "";
  let folder = "";

  beforeEach(async () => {
    await createDatabase(inject("databaseServer"), name);
    url = withDatabase(inject("databaseServer"), name);
    folder = mkdtempSync(path.join(tmpdir(), "tidemark-migrations-"));
    write("0001_first", "CREATE TABLE one (id int);");
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await dropDatabase(inject("databaseServer"), name);
  });

  const write = (migration: string, sql: string) => {
    mkdirSync(path.join(folder, migration), { recursive: true });
    writeFileSync(path.join(folder, migration, "migration.sql"), sql);
  };

  const tables = async () => {
    const pool = makePool(url, 1);
    const { rows } = await pool.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    );
    await pool.end();
    return rows.map((row) => row.name);
  };

  it("applies each once, though two start at the same time", async () => {
    write(
      "0002_second",
      "CREATE TABLE two (id int); CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
    );
    const done = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
    expect(done.flat()).toEqual(["0001_first", "0002_second"]);
    expect(await tables()).toEqual(["_prisma_migrations", "one", "two"]);
  });

  it("leaves nothing of one that fails, and applies it once it is put right", async () => {
    write("0002_second", "CREATE TABLE two (id int); SELECT nonsense;");
    await expect(migrate(url, folder)).rejects.toThrow(/0002_second failed: .*nonsense/);
    expect(await tables()).toEqual(["_prisma_migrations", "one"]);
    write("0002_second", "CREATE TABLE two (id int);");
    expect(await migrate(url, folder)).toEqual(["0002_second"]);
  });

  it("refuses one that was edited after it was applied", async () => {
    await migrate(url, folder);
    write("0001_first", "CREATE TABLE another (id int);");
    await expect(migrate(url, folder)).rejects.toThrow(/0001_first was edited/);
  });
});
