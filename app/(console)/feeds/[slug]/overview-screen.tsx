"use client";
import { useQueryStates } from "nuqs";
import { Dimmed } from "#components/live/dimmed.tsx";
import { useLive } from "#components/live/use-live.ts";
import { TidePanel } from "#components/tidemarks/tide-panel.tsx";
import { TroubleBanner } from "#components/tidemarks/trouble-banner.tsx";
import { apiFeedOverviewPath } from "#lib/paths.ts";
import type { FeedOverview } from "#lib/views/feed-overview.ts";
import { AgePanel } from "./age-panel.tsx";
import { EventsPanel } from "./events-panel.tsx";
import { FeedHead } from "./feed-head.tsx";
import { FeedTabs } from "./feed-tabs.tsx";
import { Figures } from "./figures.tsx";
import { overviewParsers } from "./search-params.ts";

export function OverviewScreen({
  slug,
  seed,
}: {
  slug: string;
  seed: { url: string; data: FeedOverview; at: number };
}) {
  const [{ range }, setParams] = useQueryStates(overviewParsers, { history: "replace" });
  const live = useLive<FeedOverview>(apiFeedOverviewPath(slug, { range }), seed);
  const feed = live.data;
  return (
    <Dimmed when={live.failure !== null}>
      <FeedHead feed={feed} />
      <Figures feed={feed} />
      <FeedTabs slug={slug} />
      {feed.trouble ? <TroubleBanner trouble={feed.trouble} /> : null}
      <TidePanel feed={feed} />
      <AgePanel feed={feed} range={range} loading={live.loading} onRange={(next) => void setParams({ range: next })} />
      <EventsPanel events={feed.events} />
    </Dimmed>
  );
}
