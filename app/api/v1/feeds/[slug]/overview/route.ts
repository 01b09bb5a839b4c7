import { answer } from "../../../../answer.ts";
import { feedOverview, parseOverviewRange } from "#lib/views/feed-overview.ts";

/** What the overview page polls. Its shape follows the page, so it is no part of the stable API. */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params;
  return answer(request, ["range"], (actor, { range }) => feedOverview(actor, slug, parseOverviewRange(range)));
}
