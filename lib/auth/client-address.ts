/**
 * Where a request came from, as well as it can be known: the last entry of `X-Forwarded-For`, which the nearest proxy (or
 * the server itself, when there is none) wrote. Earlier entries are anyone's word. Only ever one of several limits.
 */
export function clientAddress(headers: Headers): string {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return /^[0-9A-Fa-f:.]{2,45}$/.test(last) ? last.replace(/^::ffff:/i, "") : "unknown";
}
