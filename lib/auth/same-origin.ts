import { getPublicUrl } from "../env.ts";

/**
 * Whether a request that changes something was made by our own pages. Browsers say so by `Sec-Fetch-Site`, older ones by
 * `Origin`; one of them must be there. `X-Forwarded-Host` is never asked: anyone can send it.
 */
export function isSameOrigin(headers: Headers, publicUrl: string = getPublicUrl()): boolean {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin") return false;
  if (origin === null) return site === "same-origin";
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.origin === new URL(publicUrl).origin || from.host === headers.get("host");
}

/** A request that carries its own token can't be made by another site's page on a user's behalf. */
export function mayChange(headers: Headers): boolean {
  return headers.has("authorization") || isSameOrigin(headers);
}
