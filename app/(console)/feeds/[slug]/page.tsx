import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { cache } from "react";
import { Page } from "#components/shell/page.tsx";
import { requireViewer } from "#lib/auth/viewer.ts";
import { isServiceError } from "#lib/errors.ts";
import { apiFeedOverviewPath, feedsPath } from "#lib/paths.ts";
import { feedOverview, type OverviewRange } from "#lib/views/feed-overview.ts";
import { OverviewScreen } from "./overview-screen.tsx";
import { loadOverviewParams } from "./search-params.ts";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<SearchParams>;
}

/** Read once for the page and for its title. */
const read = cache(async (slug: string, range: OverviewRange, now: number) => {
  try {
    return await feedOverview(await requireViewer(), slug, range, new Date(now));
  } catch (error) {
    if (isServiceError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

const renderedAt = cache(() => Date.now());

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ slug }, { range }] = await Promise.all([params, loadOverviewParams(searchParams)]);
  const { name, now } = await read(slug, range, renderedAt());
  return { title: now.state === "late" ? `${name} is late` : name };
}

export default async function FeedPage({ params, searchParams }: Props) {
  const [{ slug }, { range }] = await Promise.all([params, loadOverviewParams(searchParams)]);
  const at = renderedAt();
  const data = await read(slug, range, at);
  return (
    <Page crumbs={[{ label: "Feeds", href: feedsPath() }]} here={data.name}>
      <OverviewScreen slug={slug} seed={{ url: apiFeedOverviewPath(slug, { range }), data, at }} />
    </Page>
  );
}
