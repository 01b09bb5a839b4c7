import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import type { AccountInput } from "#lib/services/users/account-input.ts";
import { createUser } from "#lib/services/users/create-user.ts";
import { disableUser } from "#lib/services/users/disable-user.ts";
import { localActor } from "./local-actor.ts";
import { UsageError } from "./usage-error.ts";

export async function createUserCommand(args: string[]): Promise<boolean> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { email: text, name: text, role: text } });
  const { email, name, role } = values;
  if (email === undefined || name === undefined || role === undefined) {
    throw new UsageError("An account has an e-mail address, a name and a role.");
  }
  const password = randomBytes(15).toString("base64url");
  // Checked by the service, which names the roles there are.
  await createUser(localActor(), { email, name, role: role as AccountInput["role"], password }, new Date());
  console.log(password);
  console.error(`${email} can sign in with this password. It is not shown again.`);
  return true;
}

export async function disableUserCommand(args: string[]): Promise<boolean> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [email] = positionals;
  if (email === undefined) throw new UsageError("Name the account by its e-mail address.");
  await disableUser(localActor(), email, new Date());
  console.error(`${email} is disabled, and its sessions are over.`);
  return true;
}
