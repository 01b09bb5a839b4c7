import { getPool } from "../client.ts";

export interface FeedEventRow {
  id: bigint;
  at: Date;
  kind: string;
  hop: string | null;
  text: string;
}

/** What happened to a feed up to `until`, newest first. */
export async function listFeedEvents(feedId: string, until: Date, limit: number): Promise<FeedEventRow[]> {
  const { rows } = await getPool().query<FeedEventRow>(
    "SELECT id, at, kind, hop, text FROM feed_events WHERE feed_id = $1 AND at <= $2 ORDER BY at DESC, id DESC LIMIT $3",
    [feedId, until, limit],
  );
  return rows;
}
