import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Page } from "#components/shell/page.tsx";
import { requireViewer } from "#lib/auth/viewer.ts";
import { listFeedOwners, listFeeds } from "#lib/views/feeds.ts";
import { FeedsScreen } from "./feeds-screen.tsx";
import { feedListQuery, feedListUrl, loadFeedsParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Feeds" };

export default async function FeedsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer();
  const params = await loadFeedsParams(searchParams);
  const now = new Date();
  const [data, owners] = await Promise.all([listFeeds(viewer, feedListQuery(params), now), listFeedOwners(viewer)]);
  return (
    <Page here="Feeds">
      <FeedsScreen seed={{ url: feedListUrl(params), data, at: now.getTime() }} owners={owners} />
    </Page>
  );
}
