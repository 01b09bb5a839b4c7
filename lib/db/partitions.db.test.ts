import { describe, expect, it } from "vitest";
import { getPool } from "./client.ts";
import { dropOldPartitions, listPartitions, makePartitions, PARTITIONED } from "./partitions.ts";
import { useTestDatabase } from "../../tests/database.ts";

useTestDatabase();

const DAY_MS = 86_400_000;
const now = new Date("2031-12-30T23:30:00Z");

describe("partitions", () => {
  it("are made once, though two ask at the same time", async () => {
    const made = await Promise.all([makePartitions(getPool(), now), makePartitions(getPool(), now)]);
    const names = made.flat();
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("log_samples_p20311229");
    expect(names).toContain("log_samples_p20320106");
    expect(names.filter((name) => name.startsWith("feed_minutes"))).toEqual([
      "feed_minutes_p203112",
      "feed_minutes_p203201",
    ]);
    expect(await makePartitions(getPool(), now)).toEqual([]);
  });

  it("take rows up to the edge of a day, and none outside", async () => {
    const insert = (tick: string) =>
      getPool().query(
        `INSERT INTO table_samples (catalog_id, tick, table_name, ref, observed_at) VALUES (gen_random_uuid(), $1, 't', 'main', $1)`,
        [tick],
      );
    await insert("2031-12-30T23:59:59.999Z");
    await insert("2031-12-31T00:00:00.000Z");
    const { rows } = await getPool().query("SELECT tableoid::regclass::text AS at FROM table_samples ORDER BY tick");
    expect(rows.map((row: { at: string }) => row.at)).toEqual(["table_samples_p20311230", "table_samples_p20311231"]);
    await expect(insert("2040-01-01T00:00:00Z")).rejects.toThrow(/no partition of relation/);
  });

  it("are dropped whole once they ended as long ago as their table keeps", async () => {
    await makePartitions(getPool(), now);
    const end = Date.UTC(2031, 11, 30);
    expect(await dropOldPartitions(getPool(), new Date(end + 14 * DAY_MS - 1))).not.toContain("log_samples_p20311229");
    const dropped = await dropOldPartitions(getPool(), new Date(end + 14 * DAY_MS));
    expect(dropped).toContain("log_samples_p20311229");
    expect(dropped).not.toContain("log_samples_p20311230");
    expect(dropped.some((name) => name.startsWith("feed_minutes_p2031"))).toBe(false);
    expect(await listPartitions(getPool())).not.toContain("log_samples_p20311229");
  });

  it("cover every partitioned table of the schema", async () => {
    const { rows } = await getPool().query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace",
    );
    expect(rows.map((row) => row.name).sort()).toEqual(PARTITIONED.map((rule) => rule.table).sort());
  });
});
