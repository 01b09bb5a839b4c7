import { describe, expect, test, vi } from "vitest";
import { useTestDatabase } from "../../../tests/database.ts";

vi.hoisted(() => vi.stubEnv("NEXTAUTH_SECRET", "a secret for tests alone, 32 characters long"));

const { systemActor } = await import("#lib/auth/actor.ts");
const { findActorByBearer, findActorByCookie, findActorOfRequest } = await import("#lib/auth/find-actor.ts");
const { sealSessionId, sessionCookieName } = await import("#lib/auth/session-cookie.ts");
const { getPrisma } = await import("#lib/db/client.ts");
const { createToken } = await import("#lib/services/tokens/create-token.ts");
const { revokeToken } = await import("#lib/services/tokens/revoke-token.ts");
const { createFirstAdmin, isFirstAdminLinkOpen } = await import("#lib/services/users/create-first-admin.ts");
const { createUser } = await import("#lib/services/users/create-user.ts");
const { disableUser } = await import("#lib/services/users/disable-user.ts");
const { ensureFirstAdminLink } = await import("#lib/services/users/ensure-first-admin-link.ts");
const { putDemoAccounts } = await import("#lib/services/users/put-demo-accounts.ts");
const { verifyAuditChain } = await import("#lib/services/audit/verify-audit-chain.ts");
const { endSession } = await import("./end-session.ts");
const { startSession, SIGN_IN_FAILED } = await import("./start-session.ts");

useTestDatabase();

const system = systemActor("test");
const now = new Date("2031-05-05T10:00:00.123Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const password = "correct horse battery";

const ana = { email: "Ana@Example.com", name: "Ana", password };

describe("the first administrator", () => {
  test("is made by the link, once, by whoever is first", async () => {
    const old = await ensureFirstAdminLink(system, now);
    const link = await ensureFirstAdminLink(system, now);
    const token = (path = "") => new URL(path, "http://x").searchParams.get("token") ?? "";
    expect(await isFirstAdminLinkOpen(token(old?.path), later(1))).toBe(false);
    expect(await isFirstAdminLinkOpen(token(link?.path), later(25 * 3_600_000))).toBe(false);
    expect(await isFirstAdminLinkOpen(token(link?.path), later(1))).toBe(true);
    await expect(createFirstAdmin(token(link?.path), { ...ana, password: "short" }, later(1))).rejects.toMatchObject({
      code: "invalid",
      issues: [{ path: "password" }],
    });
    const tries = await Promise.allSettled(
      [ana, { ...ana, email: "eve@example.com" }].map((person) =>
        createFirstAdmin(token(link?.path), person, later(1)),
      ),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await getPrisma().user.count()).toBe(1);
    expect(await isFirstAdminLinkOpen(token(link?.path), later(2))).toBe(false);
    expect(await ensureFirstAdminLink(system, later(2))).toBeNull();
    await getPrisma().user.updateMany({ data: { email: "ana@example.com" } });
  });
});

describe("a session", () => {
  test("opens with the password, and its cookie gives the user, role and teams", async () => {
    await createUser(system, { email: "own@example.com", name: "Owen", role: "owner", password }, now);
    const { sid } = await startSession({ email: "OWN@example.com ", password }, "127.0.0.1", now);
    const cookie = await sealSessionId(sid);
    expect(cookie).not.toContain(sid);
    const actor = await findActorByCookie(cookie, later(1000));
    expect(actor).toMatchObject({ kind: "user", email: "own@example.com", role: "owner", teams: [] });
    expect(await findActorByCookie(cookie, later(25 * 3_600_000))).toBeNull();
    expect(await findActorByCookie(`${cookie}x`, now)).toBeNull();
    const headers = new Headers({ cookie: `a=b; ${sessionCookieName()}=${cookie}` });
    expect(await findActorOfRequest(headers, now)).toEqual(actor);
    headers.set("authorization", "Bearer tmk_wrong");
    expect(await findActorOfRequest(headers, now)).toBeNull();
    if (actor === null) throw new Error("no actor");
    await endSession(actor, later(2000));
    expect(await findActorByCookie(cookie, later(2001))).toBeNull();
  });

  test("is not found in the database by what the cookie carries", async () => {
    const { sid } = await startSession({ email: "own@example.com", password }, "127.0.0.1", now);
    expect(await getPrisma().session.findUnique({ where: { id: sid } })).toBeNull();
  });

  test("ends with the account", async () => {
    await createUser(system, { email: "gone@example.com", name: "Gone", role: "viewer", password }, now);
    const { sid } = await startSession({ email: "gone@example.com", password }, "127.0.0.1", now);
    await disableUser(system, "gone@example.com", later(1));
    expect(await findActorByCookie(await sealSessionId(sid), later(2))).toBeNull();
    await expect(startSession({ email: "gone@example.com", password }, "10.0.0.9", later(3))).rejects.toThrow(
      SIGN_IN_FAILED,
    );
  });

  test("does not open on anything else, in one wording", async () => {
    for (const input of [
      { email: "own@example.com", password: "wrong password" },
      { email: "nobody@example.com", password },
      { email: "own@example.com" },
      { email: "own@example.com", password: "x".repeat(2000) },
      { email: { contains: "own" }, password },
      null,
    ]) {
      await expect(startSession(input, "10.0.0.1", now)).rejects.toMatchObject({
        code: "unauthenticated",
        message: SIGN_IN_FAILED,
      });
    }
  });
});

describe("guessing", () => {
  test("stops after five tries from one address, also when they come at once", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () => startSession({ email: "ana@example.com", password: "guess" }, "10.1.1.1", now)),
    );
    const codes = tries.map((one) => (one.status === "rejected" ? (one.reason as { code: string }).code : "in"));
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(5);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(7);
    await expect(startSession({ email: "ana@example.com", password }, "10.1.1.1", later(60_000))).rejects.toMatchObject(
      {
        code: "rate_limited",
        retryAfterSeconds: 14 * 60,
      },
    );
    expect((await startSession({ email: "ana@example.com", password }, "10.1.1.2", now)).sid).toHaveLength(43);
    expect(
      (await startSession({ email: "ana@example.com", password }, "10.1.1.1", later(15 * 60_000 + 1))).sid,
    ).toHaveLength(43);
  });

  test("stops after twenty from anywhere", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 25 }, (_, n) =>
        startSession({ email: "target@example.com", password: "guess" }, `10.2.0.${n}`, now),
      ),
    );
    const limited = tries.filter(
      (one) => one.status === "rejected" && (one.reason as { code: string }).code === "rate_limited",
    );
    expect(limited).toHaveLength(5);
  });
});

describe("tokens", () => {
  test("speak until they are revoked or expire, and are stored as a hash", async () => {
    const { token, id } = await createToken(system, { role: "viewer", name: "ci", feedSlug: "orders" }, now);
    expect(token).toMatch(/^tmk_[A-Za-z0-9_-]{43}$/);
    expect(await findActorByBearer(`Bearer ${token}`, now)).toMatchObject({
      kind: "token",
      role: "viewer",
      feedSlug: "orders",
    });
    expect(await findActorByBearer(`Bearer ${token.slice(0, -1)}`, now)).toBeNull();
    expect(await findActorByBearer(`Basic ${token}`, now)).toBeNull();
    expect(await findActorByBearer(`Bearer ${token}`, later(91 * 86_400_000))).toBeNull();
    expect(JSON.stringify(await getPrisma().apiToken.findMany())).not.toContain(token.slice(4));
    await revokeToken(system, id, now);
    expect(await findActorByBearer(`Bearer ${token}`, now)).toBeNull();
    await expect(revokeToken(system, id, now)).rejects.toMatchObject({ code: "not_found" });
  });

  test("are made by administrators alone", async () => {
    const viewer = { kind: "token", id: "t", name: "t", role: "viewer", feedSlug: null } as const;
    await expect(createToken(viewer, { role: "admin" }, now)).rejects.toMatchObject({ code: "forbidden" });
    await expect(createUser(viewer, { ...ana, role: "admin" }, now)).rejects.toMatchObject({ code: "forbidden" });
    await expect(ensureFirstAdminLink(viewer, now)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("the demo's accounts take the passwords given, each time", async () => {
  const accounts = [
    { email: "lead@demo.example", name: "Lead", role: "platform_lead", password: "first password 1" },
  ] as const;
  await putDemoAccounts(system, accounts, now);
  const { sid } = await startSession({ email: accounts[0].email, password: "first password 1" }, "127.0.0.1", now);
  await putDemoAccounts(system, [{ ...accounts[0], password: "second password 2" }], later(1));
  expect(await findActorByCookie(await sealSessionId(sid), later(2))).toBeNull();
  expect(
    (await startSession({ email: accounts[0].email, password: "second password 2" }, "127.0.0.1", later(3))).sid,
  ).toBeTruthy();
});

test("all of it stands in the audit trail, without a secret", async () => {
  const verdict = await verifyAuditChain(system);
  expect(verdict.ok).toBe(true);
  const rows = JSON.stringify(await getPrisma().auditEvent.findMany({ omit: { seq: true } }));
  expect(rows).not.toContain(password);
  expect(rows).not.toContain("argon2");
  expect(rows).not.toContain("tmk_");
});
