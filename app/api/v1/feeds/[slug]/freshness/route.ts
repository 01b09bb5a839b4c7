import { answer } from "../../../../answer.ts";
import { feedFreshness } from "#lib/views/feed-freshness.ts";

export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params;
  return answer(request, ["from", "to", "step"], (actor, query) => feedFreshness(actor, slug, query));
}
