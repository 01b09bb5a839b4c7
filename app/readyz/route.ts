import { readiness } from "#lib/views/readiness.ts";

/** Asked anew each time: nothing of it is known when the console is built. */
export const dynamic = "force-dynamic";

/** Whether this process can do its work: 200, or 503 with the part that is missing. Open to everyone. */
export async function GET(): Promise<Response> {
  const { ready, because } = await readiness();
  const headers = { "cache-control": "no-store" };
  return ready
    ? Response.json({ status: "ready" }, { headers })
    : Response.json({ status: "not ready", because }, { status: 503, headers });
}
