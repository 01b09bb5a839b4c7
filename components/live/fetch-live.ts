/** The entity tag of each body that came with one: asked again, an unchanged answer costs nothing. */
const tags = new WeakMap<object, string>();

const DEADLINE_MS = 15_000;

/** Reads `url`; an answer of 304 gives `known` back. Throws an Error with a sentence for the person watching. */
export async function fetchLive<T extends object>(url: string, known: T | undefined, signal: AbortSignal): Promise<T> {
  const tag = known && tags.get(known);
  const response = await fetch(url, {
    headers: { accept: "application/json", ...(tag ? { "if-none-match": tag } : {}) },
    // The browser's own cache would turn a 304 into a 200 with the old body.
    cache: "no-store",
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
  }).catch((cause: unknown) => {
    throw signal.aborted ? cause : new Error("Tidemark does not answer", { cause });
  });
  if (response.status === 304 && known) return known;
  if (response.status === 401) throw new Error("You are signed out: load the page again to sign in");
  if (!response.ok) throw new Error(`Tidemark answered ${response.status}`);
  const body = (await response.json()) as T;
  const etag = response.headers.get("etag");
  if (etag) tags.set(body, etag);
  return body;
}
