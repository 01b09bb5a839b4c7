import { answer } from "../../answer.ts";
import { listFeeds } from "#lib/views/feeds.ts";

export function GET(request: Request): Promise<Response> {
  return answer(request, ["sort", "filter", "cursor", "limit"], (actor, query) => listFeeds(actor, query));
}
