import { beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "#lib/auth/actor.ts";
import { appendAudit } from "#lib/db/audit.ts";
import { getPool } from "#lib/db/client.ts";
import { transaction } from "#lib/db/transaction.ts";
import { useTestDatabase } from "../../../tests/database.ts";
import { verifyAuditChain } from "./verify-audit-chain.ts";

useTestDatabase();

const system = systemActor("test");
const actor = { kind: "system", id: "system", name: "test" } as const;
const now = new Date("2031-01-01T00:00:00.001Z");

function write(n: number): Promise<void> {
  return transaction((tx) =>
    appendAudit(
      tx,
      {
        actor,
        action: "thing.done",
        subject: { type: "thing", id: `${n}` },
        after: { n, z: [1.5, null, { b: "é", a: now }] },
      },
      now,
    ),
  );
}

/** What only a superuser can do: the trail refuses it to everyone else's statements. */
async function tamper(sql: string): Promise<void> {
  await getPool().query(`ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only`);
  await getPool().query(sql);
  await getPool().query(`ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only`);
}

beforeEach(async () => {
  await tamper("TRUNCATE audit_events");
  for (let n = 1; n <= 5; n += 1) await write(n);
});

describe("the audit trail", () => {
  test("has no forks or gaps when many write at once, and none for a change that was rolled back", async () => {
    const failing = transaction(async (tx) => {
      await appendAudit(tx, { actor, action: "thing.undone", subject: { type: "thing", id: "x" } }, now);
      throw new Error("no");
    });
    await Promise.allSettled([failing, ...Array.from({ length: 20 }, (_, n) => write(100 + n))]);
    expect(await verifyAuditChain(system)).toMatchObject({ ok: true, events: 25n });
  });

  test.each([["UPDATE audit_events SET action = 'x'"], ["DELETE FROM audit_events"], ["TRUNCATE audit_events"]])(
    "refuses %s",
    async (sql) => {
      await expect(getPool().query(sql)).rejects.toThrow(/append-only/);
    },
  );

  test.each([
    ["an edited row", `UPDATE audit_events SET after = '{"n": 99}' WHERE seq = 3`, 3n],
    ["an edited instant", `UPDATE audit_events SET at = at + interval '1 ms' WHERE seq = 2`, 2n],
    ["another actor", `UPDATE audit_events SET actor = '{"kind":"user","id":"1","name":"eve"}' WHERE seq = 4`, 4n],
    ["a row taken out", `DELETE FROM audit_events WHERE seq = 3`, 3n],
    ["the first row taken out", `DELETE FROM audit_events WHERE seq = 1`, 1n],
    [
      "two rows swapped",
      `UPDATE audit_events SET seq = CASE seq WHEN 2 THEN 30 ELSE 2 END WHERE seq IN (2, 3); UPDATE audit_events SET seq = 3 WHERE seq = 30`,
      2n,
    ],
  ])("shows %s", async (_, sql, seq) => {
    await tamper(sql);
    expect(await verifyAuditChain(system)).toMatchObject({ ok: false, seq });
  });

  test("shows an end that was cut off, by a head noted elsewhere", async () => {
    const before = await verifyAuditChain(system);
    await tamper("DELETE FROM audit_events WHERE seq > 3");
    expect(await verifyAuditChain(system)).toMatchObject({ ok: true, events: 3n });
    expect(await verifyAuditChain(system, before.ok ? before.head : "")).toMatchObject({ ok: false, seq: 4n });
  });

  test("is read by those who may", async () => {
    const viewer = { kind: "token", id: "t", name: "t", role: "viewer", feedSlug: null } as const;
    await expect(verifyAuditChain(viewer)).rejects.toMatchObject({ code: "forbidden" });
  });
});
