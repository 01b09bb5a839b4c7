/** Request header by which proxy.ts tells a page its own path and query; set there, never taken from outside. */
export const PATH_HEADER = "x-tidemark-path";

/** Where to go after sign-in: a path of this site, or the first page. Guards against being sent elsewhere. */
export function safeNext(next: string | null | undefined): string {
  if (typeof next !== "string" || next.length > 2000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes("\\"))
    return "/feeds";
  return /^\/(?:sign-in|sign-out|setup|api)(?:[/?#]|$)/.test(next) ? "/feeds" : next;
}
