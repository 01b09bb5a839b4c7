import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { apiFeedsPath } from "#lib/paths.ts";

export const SORTS = ["worst", "name", "age", "objective"] as const;

/** The Feeds page holds its whole state in the address. */
export const feedsParsers = {
  q: parseAsString.withDefault(""),
  state: parseAsArrayOf(parseAsString).withDefault([]),
  tier: parseAsString.withDefault(""),
  owner: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(SORTS).withDefault("worst"),
  after: parseAsString.withDefault(""),
};

export const loadFeedsParams = createLoader(feedsParsers);

export type FeedsParams = Awaited<ReturnType<typeof loadFeedsParams>>;

export const PAGE_ROWS = 100;

/** The same question in the API's words. */
export function feedListQuery(params: FeedsParams): { sort: string; filter: string; cursor: string; limit: number } {
  const facets = [
    params.state.length > 0 ? `state:${params.state.join(",")}` : "",
    params.tier === "" ? "" : `tier:${params.tier}`,
    params.owner === "" ? "" : `owner:${params.owner}`,
  ];
  const filter = [...facets, params.q].filter(Boolean).join(" ");
  return { sort: params.sort, filter, cursor: params.after, limit: PAGE_ROWS };
}

export const feedListUrl = (params: FeedsParams): string => apiFeedsPath(feedListQuery(params));
