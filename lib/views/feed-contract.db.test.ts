import { expect, test } from "vitest";
import { systemActor } from "#lib/auth/actor.ts";
import { ORDERS_ACTIVITY_YAML } from "#lib/domain/contract/fixture-contract.ts";
import { applyContract } from "#lib/services/contracts/apply-contract.ts";
import { useTestDatabase } from "../../tests/database.ts";
import { feedContract } from "./feed-contract.ts";

useTestDatabase();

const token = (feedSlug: string | null) => ({ kind: "token", id: "t", name: "t", role: "viewer", feedSlug }) as const;

test("the contract in force is shown to those who may see the feed; to others there is none", async () => {
  await applyContract(systemActor("test"), ORDERS_ACTIVITY_YAML, new Date("2031-05-05T10:00:00Z"));
  const slug = "orders-activity";
  expect(await feedContract(token(slug), slug)).toMatchObject({ version: 1, activatedAt: "2031-05-05T10:00:00.000Z" });
  expect((await feedContract(token(null), slug)).yaml).toContain("objective: 2m");
  await expect(feedContract(token("payments"), slug)).rejects.toMatchObject({ code: "not_found" });
  await expect(feedContract(token(null), "nowhere")).rejects.toMatchObject({ code: "not_found" });
});
