import { parseArgs } from "node:util";
import { durationMs } from "#lib/domain/contract/duration.ts";
import { Duration } from "#lib/domain/contract/formats.ts";
import { createToken, type TokenInput } from "#lib/services/tokens/create-token.ts";
import { revokeToken } from "#lib/services/tokens/revoke-token.ts";
import { localActor } from "./local-actor.ts";
import { UsageError } from "./usage-error.ts";

export async function createTokenCommand(args: string[]): Promise<boolean> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { role: text, name: text, expires: text, feed: text } });
  if (values.role === undefined) throw new UsageError("A token has a role: --role viewer, for example.");
  const input = {
    // Checked by the service, which names the roles there are.
    role: values.role as TokenInput["role"],
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.expires === undefined ? {} : { lifetimeMs: lifetime(values.expires) }),
    feedSlug: values.feed ?? null,
  };
  const { token, id, expiresAt } = await createToken(localActor(), input, new Date());
  console.log(token);
  // A person is told more; a script that takes both streams gets the token alone.
  if (process.stderr.isTTY)
    console.error(`Token ${id} is good until ${expiresAt.toISOString()}. It is not shown again.`);
  return true;
}

function lifetime(text: string): number {
  if (!Duration.safeParse(text).success) throw new UsageError(`--expires ${text} is not a duration: write 12h or 90d.`);
  return durationMs(text);
}

export async function revokeTokenCommand(args: string[]): Promise<boolean> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [id] = positionals;
  if (id === undefined || !/^[0-9a-f-]{36}$/i.test(id)) throw new UsageError("Name the token by its id.");
  await revokeToken(localActor(), id, new Date());
  console.error(`Token ${id} is revoked.`);
  return true;
}
