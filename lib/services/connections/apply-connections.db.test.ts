import { expect, test, vi } from "vitest";
import { useTestDatabase } from "../../../tests/database.ts";

vi.hoisted(() => vi.stubEnv("TIDEMARK_KEK", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

const { systemActor } = await import("#lib/auth/actor.ts");
const { findOpenConnection, listConnections } = await import("#lib/db/connections.ts");
const { getPool } = await import("#lib/db/client.ts");
const { findTeam } = await import("#lib/db/teams.ts");
const { createUser } = await import("#lib/services/users/create-user.ts");
const { applyConnections } = await import("./apply-connections.ts");

useTestDatabase();

const system = systemActor("test");
const now = new Date("2031-05-05T10:00:00Z");
const canary = "canary-9f3b";
const variable = (name: string) => (name === "SECRET" ? canary : undefined);

const FILE = `
clusters:
  - name: prod
    bootstrap: [127.0.0.1:9092]
    sasl: { mechanism: SCRAM-SHA-512, username: tidemark, password: "\${SECRET}" }
connects: [{ name: prod-connect, url: "http://127.0.0.1:8083", cluster: prod, auth: { username: u, password: "\${SECRET}" } }]
catalogs: [{ name: lake, kind: iceberg-rest, uri: "http://127.0.0.1:8181" }]
databases: [{ name: dwh, url: "postgresql://u:\${SECRET}@db:5432/d" }]
teams: [{ name: orders, members: [ana@example.com, nobody@example.com], contact: "#orders" }]
`;

async function dump(): Promise<string> {
  const { rows } = await getPool().query<{ text: string }>(
    `SELECT (SELECT string_agg(to_jsonb(c)::text, '') FROM connections c) || (SELECT string_agg(to_jsonb(s)::text, '') FROM secrets s)
       || (SELECT string_agg(to_jsonb(a)::text, '') FROM audit_events a) AS text`,
  );
  return rows[0]?.text ?? "";
}

test("connections are made once, and a second time nothing changes", async () => {
  await createUser(
    system,
    { email: "ana@example.com", name: "Ana", role: "owner", password: "correct horse battery" },
    now,
  );
  const first = await applyConnections(system, FILE, variable, now);
  expect(first.connections.map(({ kind, name, outcome }) => `${kind} ${name} ${outcome}`)).toEqual([
    "cluster prod created",
    "connect prod-connect created",
    "catalog lake created",
    "database dwh created",
  ]);
  expect(first.teams).toEqual([{ name: "orders", outcome: "created", unknownMembers: ["nobody@example.com"] }]);
  expect((await findTeam("orders"))?.memberIds).toHaveLength(1);
  const audited = await getPool().query("SELECT 1 FROM audit_events");
  const second = await applyConnections(system, FILE, variable, now);
  expect([...second.connections, ...second.teams].every(({ outcome }) => outcome === "unchanged")).toBe(true);
  expect((await getPool().query("SELECT 1 FROM audit_events")).rowCount).toBe(audited.rowCount);
});

/** The only connection of its kind in FILE, as the workers get it. */
async function open(kind: "cluster" | "database") {
  const listed = (await listConnections()).find((row) => row.kind === kind);
  return listed ? findOpenConnection(kind, listed.id) : null;
}

test("secrets are with the workers alone", async () => {
  const prod = await open("cluster");
  expect(prod).toMatchObject({ name: "prod", secret: { password: canary }, config: { trusted: true, tls: null } });
  const dwh = await open("database");
  expect(dwh).toMatchObject({ config: { url: "postgresql://u@db:5432/d" }, secret: { password: canary } });
  expect(JSON.stringify(await listConnections())).not.toContain(canary);
  expect(await dump()).not.toContain(canary);
  expect(await dump()).not.toContain(Buffer.from(canary).toString("base64").slice(0, 12));
});

test("a new password replaces the secret, and the old one is gone", async () => {
  const { connections } = await applyConnections(system, FILE, () => "another-one", now);
  expect(connections.map(({ outcome }) => outcome)).toEqual(["changed", "changed", "unchanged", "changed"]);
  expect((await open("cluster"))?.secret).toEqual({ password: "another-one" });
  expect((await getPool().query("SELECT 1 FROM secrets")).rowCount).toBe(3);
});

test("nothing of a file that is wrong is applied", async () => {
  const dangling = `registries: [{ name: r, url: "http://h" }]\nconnects: [{ name: c, url: "http://h", cluster: nowhere }]`;
  await expect(applyConnections(system, dangling, variable, now)).rejects.toMatchObject({
    code: "invalid",
    issues: [{ path: "connects[0].cluster" }],
  });
  await expect(applyConnections(system, FILE, () => undefined, now)).rejects.toMatchObject({ code: "invalid" });
  expect((await listConnections()).map(({ name }) => name)).not.toContain("r");
  const owner = { kind: "token", id: "t", name: "t", role: "owner", feedSlug: null } as const;
  await expect(applyConnections(owner, FILE, variable, now)).rejects.toMatchObject({ code: "forbidden" });
});
