import { expect, test } from "vitest";
import { systemActor } from "#lib/auth/actor.ts";
import { getPool } from "#lib/db/client.ts";
import { findActiveContract, findVersion, listActiveContracts } from "#lib/db/contracts.ts";
import { contractYaml } from "#lib/domain/contract/parse-contract.ts";
import { ORDERS_ACTIVITY_YAML } from "#lib/domain/contract/fixture-contract.ts";
import { useTestDatabase } from "../../../tests/database.ts";
import { applyContract } from "./apply-contract.ts";

useTestDatabase();

const system = systemActor("test");
const now = new Date("2031-05-05T10:00:00Z");
const slug = "orders-activity";

test("the first is version 1, the same again nothing, another the next", async () => {
  expect(await applyContract(system, ORDERS_ACTIVITY_YAML, now)).toEqual({ slug, version: 1, outcome: "created" });
  expect(await applyContract(system, `# a comment\n${ORDERS_ACTIVITY_YAML}`, now)).toMatchObject({
    version: 1,
    outcome: "unchanged",
  });
  const changed = ORDERS_ACTIVITY_YAML.replace("objective: 2m", "objective: 3m");
  expect(await applyContract(system, changed, now)).toEqual({ slug, version: 2, outcome: "changed" });
  expect((await findVersion(slug, 1))?.state).toBe("superseded");
  expect((await findActiveContract(slug))?.contract.lateness.objective).toBe("3m");
  expect((await listActiveContracts()).map((row) => row.slug)).toEqual([slug]);
  expect((await listActiveContracts({ afterSlug: slug })).length).toBe(0);
});

test("what is exported changes nothing when it is applied", async () => {
  const active = await findActiveContract(slug);
  if (active === null) throw new Error("no contract");
  const yaml = contractYaml(active.contract);
  expect(await applyContract(system, yaml, now)).toMatchObject({ version: 2, outcome: "unchanged" });
});

test("ten at once make ten versions, one of them active", async () => {
  const tries = Array.from({ length: 10 }, (_, n) =>
    applyContract(system, ORDERS_ACTIVITY_YAML.replace("objective: 2m", `objective: ${n + 5}m`), now),
  );
  const versions = (await Promise.all(tries)).map(({ version }) => version);
  expect(versions.toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const { rowCount } = await getPool().query("SELECT 1 FROM contract_versions WHERE state = 'active'");
  expect(rowCount).toBe(1);
});

test("one that is wrong, not whole, or not theirs to apply is refused", async () => {
  await expect(
    applyContract(system, ORDERS_ACTIVITY_YAML.replace("objective: 2m", "objective: 1s"), now),
  ).rejects.toMatchObject({
    code: "invalid",
    issues: [{ path: "lateness.objective", line: 15 }],
  });
  const part = ORDERS_ACTIVITY_YAML.replace(/replay:\n(?: {2}.*\n)+/, "");
  await expect(applyContract(system, part, now)).rejects.toMatchObject({
    code: "invalid",
    issues: [{ path: "replay" }],
  });
  const admin = { kind: "token", id: "t", name: "t", role: "admin", feedSlug: null } as const;
  await expect(applyContract(admin, ORDERS_ACTIVITY_YAML, now)).rejects.toMatchObject({ code: "forbidden" });
});
