import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { systemActor } from "#lib/auth/actor.ts";
import { getPool } from "#lib/db/client.ts";
import { listConnections } from "#lib/db/connections.ts";
import { takeLeases } from "#lib/db/leases.ts";
import { applyConnections } from "#lib/services/connections/apply-connections.ts";
import { useTestDatabase } from "../../tests/database.ts";
import { SamplingWork, type OpenSampler } from "./sampling-work.ts";

useTestDatabase();

const CONNECTIONS = `
clusters:
  - { name: sealed, bootstrap: ["127.0.0.1:9092"], sasl: { mechanism: PLAIN, username: u, password: p } }
  - { name: open, bootstrap: ["127.0.0.1:9093"] }
`;

const fine: OpenSampler = {
  sample: () =>
    Promise.resolve({
      rows: {},
      outcome: "ok",
      errorCode: null,
      error: null,
      positionsAt: null,
      endsAt: null,
      requests: 0,
    }),
  close: () => Promise.resolve(),
};

it("a connection whose secret cannot be opened fails each tick with the reason, and spoils no other", async () => {
  await applyConnections(systemActor("test"), CONNECTIONS, () => undefined, new Date());
  await getPool().query("UPDATE secrets SET ciphertext = decode('00', 'hex')");
  const work = new SamplingWork({
    intervalMs: 200,
    interests: () => Promise.reject(new Error("not asked")),
    make: { cluster: () => fine, connect: () => fine, catalog: () => fine },
    stored: () => Promise.resolve(),
  });
  const resources = await work.resources();
  const leases = await takeLeases(getPool(), resources, "one", 60_000, 2);
  for (const lease of leases) work.start(lease);
  await sleep(1_500);
  for (const lease of leases) await work.stop(lease.resource);
  const names = new Map((await listConnections()).map((row) => [row.id, row.name]));
  const { rows } = await getPool().query<{ id: string; outcome: string; error: string | null }>(
    "SELECT DISTINCT connection_id AS id, outcome, error FROM sample_attempts",
  );
  const said = Object.fromEntries(
    rows.map((row) => [names.get(row.id), [row.outcome, row.error?.slice(0, 42) ?? null]]),
  );
  expect(said).toEqual({ sealed: ["failed", "The secret of sealed cannot be opened: che"], open: ["ok", null] });
});
