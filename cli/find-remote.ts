import { type ApiClient, makeApiClient } from "#lib/client/api-client.ts";
import { env } from "#lib/env.ts";
import { ServiceError } from "#lib/errors.ts";

/** The server that TIDEMARK_URL names; null when the command works on the database of this machine. */
export function findRemote(): ApiClient | null {
  if (env.TIDEMARK_URL === undefined) return null;
  if (env.TIDEMARK_TOKEN !== undefined) return makeApiClient(env.TIDEMARK_URL, env.TIDEMARK_TOKEN);
  throw new ServiceError(
    "unauthenticated",
    "TIDEMARK_URL is set without TIDEMARK_TOKEN. Make a token on the server: npx tidemark token create --role viewer",
  );
}
