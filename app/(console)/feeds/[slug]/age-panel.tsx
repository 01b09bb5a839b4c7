"use client";
import { useState } from "react";
import { AgeStack } from "#components/charts/age-stack.tsx";
import { useWidth } from "#components/charts/use-width.ts";
import { SERIES_BACKGROUND, seriesOf } from "#components/charts/series-of.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Segments } from "#components/ui/segments.tsx";
import { TwinButton } from "#components/ui/twin-button.tsx";
import { durationText, durationWords, minuteText } from "#lib/display.ts";
import type { FeedOverview, OverviewRange } from "#lib/views/feed-overview.ts";
import { AgeTable } from "./age-table.tsx";
import { RANGES } from "./search-params.ts";

const QUESTION = "How old has it been, and whose was it?";
const SPAN: Readonly<Record<OverviewRange, string>> = {
  "1h": "last hour",
  "3h": "last 3 hours",
  "24h": "last 24 hours",
};
const NARROW = 640;

interface AgePanelProps {
  feed: FeedOverview;
  range: OverviewRange;
  loading: boolean;
  onRange: (range: OverviewRange) => void;
}

export function AgePanel({ feed, range, loading, onRange }: AgePanelProps) {
  const [asTable, setAsTable] = useState(false);
  const [attach, width] = useWidth(1200);
  const { series: data, now } = feed;
  const held = (hop: string) => data.points.reduce((sum, point) => sum + (point.holds[hop] ?? 0), 0);
  const series = seriesOf(now.hops.map(({ hop, kind }) => ({ hop, kind, total: held(hop) })));
  const grain = data.stepSeconds < 60 ? "every sample" : "worst of each minute";
  return (
    <Panel
      title={QUESTION}
      meta={`${SPAN[range]}, ${grain}, stacked by hop`}
      tools={
        <>
          <Segments label="Range" value={range} options={RANGES} onChange={onRange} />
          <TwinButton of={QUESTION} on={asTable} onToggle={() => setAsTable(!asTable)} />
        </>
      }
    >
      <div ref={attach} aria-busy={loading} className="mx-4 pb-4 aria-busy:opacity-60 narrow:mx-3 narrow:pb-3">
        {data.points.length === 0 ? (
          <p className="py-6 text-prose text-muted">Nothing was measured in the {SPAN[range]}.</p>
        ) : asTable ? (
          <AgeTable data={data} hops={now.hops.map((hop) => hop.hop)} />
        ) : (
          <>
            <AgeStack
              data={data}
              series={series}
              objective={now.objectiveSeconds}
              lateSince={now.lateSince}
              width={width}
              narrow={width < NARROW}
              say={sayAge(feed, range)}
            />
            <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-meta text-muted wide:hidden">
              {series.map((one) => (
                <li key={one.name} className="inline-flex items-center gap-[6px]">
                  <i className={`size-2 rounded-[1px] ${SERIES_BACKGROUND[one.colour]}`} />
                  {one.name}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}

function sayAge({ series, now }: FeedOverview, range: OverviewRange): string {
  const ages = series.points.flatMap((point) => (point.ageSeconds === null ? [] : [point.ageSeconds]));
  const worst =
    ages.length === 0
      ? "nothing measured"
      : `between ${durationWords(Math.min(...ages))} and ${durationWords(Math.max(...ages))}`;
  const objective = now.objectiveSeconds === null ? "" : ` The objective is ${durationWords(now.objectiveSeconds)}.`;
  const late = now.lateSince === null ? "" : ` Late since ${minuteText(now.lateSince)}.`;
  const gaps = series.unmeasured.map(
    ({ from, to, because }) =>
      ` Unmeasured from ${minuteText(from)} for ${durationText((Date.parse(to) - Date.parse(from)) / 1000)}: ${because}.`,
  );
  return `Age of the feed over the ${SPAN[range]}, stacked by hop: ${worst}.${objective}${late}${gaps.join("")}`;
}
