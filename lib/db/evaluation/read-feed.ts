import type { FeedContract } from "#lib/domain/contract/feed-contract.ts";
import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { getPool } from "../client.ts";

export interface FeedWithReading {
  id: string;
  slug: string;
  name: string;
  tier: string | null;
  pattern: string | null;
  /** The version in force, or null. */
  contract: { version: number; inForceSince: Date | null; document: FeedContract; source: string } | null;
  tick: Date | null;
  reading: FeedReading | null;
}

interface Row {
  id: string;
  slug: string;
  name: string;
  tier: string | null;
  pattern: string | null;
  version: number | null;
  activatedAt: Date | null;
  document: FeedContract | null;
  source: string | null;
  tick: Date | null;
  reading: FeedReading | null;
}

/** A feed with its contract in force and its newest reading. */
export async function findFeedWithReading(slug: string): Promise<FeedWithReading | null> {
  const { rows } = await getPool().query<Row>(
    `SELECT f.id, f.slug, f.name, f.tier, f.pattern, v.version, v.activated_at AS "activatedAt", v.document, v.source,
            s.tick, s.reading
       FROM feeds f
       LEFT JOIN contract_versions v ON v.feed_id = f.id AND v.state = 'active'
       LEFT JOIN feed_states s ON s.feed_id = f.id
      WHERE f.slug = $1`,
    [slug],
  );
  const row = rows[0];
  if (!row) return null;
  const { id, name, tier, pattern, tick, reading, version, activatedAt, document, source } = row;
  const contract =
    version === null || document === null
      ? null
      : { version, inForceSince: activatedAt, document, source: source ?? "" };
  return { id, slug: row.slug, name, tier, pattern, contract, tick, reading };
}

export async function isFeedThere(slug: string): Promise<boolean> {
  const { rows } = await getPool().query("SELECT 1 FROM feeds WHERE slug = $1", [slug]);
  return rows.length > 0;
}
