import { answer } from "../../../../answer.ts";
import { feedContract } from "#lib/views/feed-contract.ts";

export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params;
  return answer(request, [], (actor) => feedContract(actor, slug));
}
