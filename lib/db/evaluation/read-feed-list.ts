import type { FeedReading } from "#lib/domain/freshness/reading.ts";
import { getPool } from "../client.ts";

export const FEED_SORTS = ["worst", "name", "age", "objective"] as const;
export type FeedSort = (typeof FEED_SORTS)[number];

/** Where a page of the list begins: the sort keys of the last row before it. */
export interface FeedListKey {
  first: number;
  second: number;
  text: string;
  slug: string;
}

export interface FeedListQuery {
  /** Words that must all occur in the feed's name, slug, topics, groups, connector, table or teams; lower case. */
  words: readonly string[];
  states: readonly string[];
  tiers: readonly string[];
  teams: readonly string[];
  /** Only this feed: for a token of one feed. */
  onlySlug: string | null;
  sort: FeedSort;
  after: FeedListKey | null;
  limit: number;
  /** A reading of an earlier tick counts as unmeasured. */
  staleBefore: Date;
}

export interface ListedFeed {
  id: string;
  slug: string;
  name: string;
  tier: string | null;
  pattern: string | null;
  /** As the contract in force words it, `2m`; null without one. */
  objective: string | null;
  tick: Date | null;
  stale: boolean;
  reading: Omit<FeedReading, "hops"> | null;
  key: FeedListKey;
}

/** Sort keys, all ascending. A strain is the age (or what is proven of it) over the objective. */
const SORT_KEYS: Readonly<Record<FeedSort, { first: string; second: string; text: string }>> = {
  worst: { first: "rank", second: "-strain", text: "''" },
  name: { first: "0", second: "0", text: "lower(name)" },
  age: { first: "0", second: "-coalesce(shown_age, -1)", text: "''" },
  objective: { first: "0", second: "coalesce(objective_ms, 1e15)", text: "''" },
};

/** Feeds with the state a reader sees now. $1 stale before, $2 the only slug. */
const LISTED = `
  SELECT id, slug, name, tier, pattern, teams, search, tick, stale, objective_ms, shown_age, state,
         CASE state WHEN 'late' THEN 0 WHEN 'unmeasured' THEN 1 WHEN 'silent' THEN 2 WHEN 'fresh' THEN 3 ELSE 4 END AS rank,
         coalesce(shown_age / nullif(objective_ms, 0), 0) AS strain
    FROM (SELECT f.id, f.slug, f.name, f.tier, f.pattern, f.teams, f.search, s.tick,
                 coalesce(s.tick < $1, false) AS stale,
                 s.objective_ms::float8 AS objective_ms,
                 CASE WHEN s.tick >= $1 THEN coalesce(s.age_ms, s.age_lower_ms)::float8 END AS shown_age,
                 CASE WHEN s.tick >= $1 THEN s.state_name ELSE 'unmeasured' END AS state
            FROM feeds f LEFT JOIN feed_states s ON s.feed_id = f.id
           WHERE ($2::text IS NULL OR f.slug = $2)) AS known`;

/** $3 words as LIKE patterns, $4 states, $5 tiers, $6 teams; an empty list asks for nothing. */
const MATCHES = `search LIKE ALL ($3::text[])
  AND (cardinality($4::text[]) = 0 OR state = ANY ($4))
  AND (cardinality($5::text[]) = 0 OR tier = ANY ($5))
  AND (cardinality($6::text[]) = 0 OR teams && $6)`;

function filterParameters(query: FeedListQuery): unknown[] {
  const patterns = query.words.map((word) => `%${word.replace(/[\\%_]/g, (special) => `\\${special}`)}%`);
  return [query.staleBefore, query.onlySlug, patterns, query.states, query.tiers, query.teams];
}

/** One page of the list, in order. Reads the reading without its hops. */
export async function listFeedReadings(query: FeedListQuery): Promise<ListedFeed[]> {
  const { first, second, text } = SORT_KEYS[query.sort];
  const after = query.after;
  const { rows } = await getPool().query<Omit<ListedFeed, "key"> & { k1: number; k2: number; k3: string }>(
    `WITH listed AS (${LISTED}),
     page AS (
       SELECT * FROM (SELECT *, (${first})::float8 AS k1, (${second})::float8 AS k2, (${text}) AS k3 FROM listed WHERE ${MATCHES}) AS matching
        WHERE $7::float8 IS NULL OR (k1, k2, k3, slug) > ($7, $8::float8, $9::text, $10::text)
        ORDER BY k1, k2, k3, slug LIMIT $11)
     SELECT page.id, page.slug, page.name, page.tier, page.pattern, page.tick, page.stale, page.k1, page.k2, page.k3,
            v.document #>> '{lateness,objective}' AS objective, s.reading - 'hops' AS reading
       FROM page
       LEFT JOIN contract_versions v ON v.feed_id = page.id AND v.state = 'active'
       LEFT JOIN feed_states s ON s.feed_id = page.id
      ORDER BY k1, k2, k3, slug`,
    [
      ...filterParameters(query),
      after?.first ?? null,
      after?.second ?? null,
      after?.text ?? null,
      after?.slug ?? null,
      query.limit,
    ],
  );
  return rows.map(({ k1, k2, k3, ...row }) => ({ ...row, key: { first: k1, second: k2, text: k3, slug: row.slug } }));
}

export interface FeedCount {
  state: string;
  /** Feeds in this state, whatever the filter. */
  all: number;
  /** Feeds in this state that the filter lets through. */
  matching: number;
}

export async function countFeedsByState(query: FeedListQuery): Promise<FeedCount[]> {
  const { rows } = await getPool().query<FeedCount>(
    `WITH listed AS (${LISTED})
     SELECT state, count(*)::int AS "all", (count(*) FILTER (WHERE ${MATCHES}))::int AS matching FROM listed GROUP BY state`,
    filterParameters(query),
  );
  return rows;
}

/** Every team that answers for some feed, by name; at most 500. */
export async function listFeedTeams(onlySlug: string | null): Promise<string[]> {
  const { rows } = await getPool().query<{ team: string }>(
    "SELECT DISTINCT unnest(teams) AS team FROM feeds WHERE ($1::text IS NULL OR slug = $1) ORDER BY 1 LIMIT 500",
    [onlySlug],
  );
  return rows.map((row) => row.team);
}
