import { describe, expect, it } from "vitest";
import { getPool, getPrisma } from "./client.ts";
import { sqlTransaction, transaction } from "./transaction.ts";
import { uuid } from "./uuid.ts";
import { useTestDatabase } from "../../tests/database.ts";

useTestDatabase();

describe("transactions", () => {
  it("write all or nothing, by Prisma and in SQL", async () => {
    const boom = new Error("boom");
    const byPrisma = () =>
      transaction(async (tx) => {
        await tx.team.create({ data: { id: uuid(), name: "prisma" } });
        throw boom;
      });
    const bySql = () =>
      sqlTransaction(async (session) => {
        await session.query("INSERT INTO teams (id, name) VALUES ($1, 'sql')", [uuid()]);
        throw boom;
      });
    await expect(byPrisma()).rejects.toBe(boom);
    await expect(bySql()).rejects.toBe(boom);
    expect(await getPrisma().team.count()).toBe(0);
  });

  it("run again after a deadlock", async () => {
    await getPool().query("INSERT INTO teams (id, name) VALUES (gen_random_uuid(), 'a'), (gen_random_uuid(), 'b')");
    let runs = 0;
    let bothHold: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (bothHold = resolve));
    const lock = (first: string, second: string) =>
      sqlTransaction(async (session) => {
        runs += 1;
        await session.query("UPDATE teams SET contact = 'x' WHERE name = $1", [first]);
        if (runs >= 2) bothHold();
        await both;
        await session.query("UPDATE teams SET contact = 'x' WHERE name = $1", [second]);
      });
    await Promise.all([lock("a", "b"), lock("b", "a")]);
    expect(runs).toBe(3);
  });

  it("give offsets back as bigint, exact beyond 2^53", async () => {
    const { rows } = await getPool().query(
      "SELECT 9007199254740993::int8 AS one, '{1,NULL,9007199254740993}'::int8[] AS many",
    );
    expect(rows).toEqual([{ one: 9_007_199_254_740_993n, many: [1n, null, 9_007_199_254_740_993n] }]);
  });
});
