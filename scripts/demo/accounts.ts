import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { putDemoAccounts } from "#lib/services/users/put-demo-accounts.ts";
import { findKept, keep } from "../home.ts";

const FILE = "demo-accounts.json";

/** One person of each role; the first five are members of the lab's teams. */
const PEOPLE = [
  { email: "olivia@shop.example", name: "Olivia Ortiz", role: "owner" },
  { email: "liam@shop.example", name: "Liam Lindqvist", role: "owner" },
  { email: "kai@shop.example", name: "Kai Kimura", role: "platform_lead" },
  { email: "sana@shop.example", name: "Sana Siddiqui", role: "security_reviewer" },
  { email: "sam@shop.example", name: "Sam Sithole", role: "owner" },
  { email: "ada@shop.example", name: "Ada Almeida", role: "admin" },
  { email: "otto@shop.example", name: "Otto Olsen", role: "auditor" },
  { email: "vera@shop.example", name: "Vera Vogel", role: "viewer" },
] as const;

const Kept = z.object({ database: z.string(), passwords: z.record(z.string(), z.string()) });

/** Makes the demo's accounts, once a database: a second start leaves people signed in. */
export async function putAccounts(actor: Actor, home: string, database: string): Promise<void> {
  const kept = findAccounts(home);
  if (kept?.database === database) return;
  const passwords = kept?.passwords ?? {};
  for (const { email } of PEOPLE) passwords[email] ??= randomBytes(12).toString("base64url");
  const accounts = PEOPLE.map((person) => ({ ...person, password: passwords[person.email] ?? "" }));
  keep(home, FILE, JSON.stringify({ database, passwords }, null, 2));
  await putDemoAccounts(actor, accounts, new Date());
}

/** One line an account: address, password, role. Null before the first demo. */
export function describeAccounts(home: string): string[] | null {
  const kept = findAccounts(home);
  if (!kept) return null;
  return PEOPLE.map(
    ({ email, role }) => `  ${email.padEnd(22)}${(kept.passwords[email] ?? "").padEnd(20)}${role.replace("_", " ")}`,
  );
}

function findAccounts(home: string): z.output<typeof Kept> | null {
  const text = findKept(home, FILE);
  return text === null ? null : Kept.parse(JSON.parse(text));
}
