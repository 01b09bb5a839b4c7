"use client";
import { useState } from "react";
import { useWidth } from "#components/charts/use-width.ts";
import { TimeAgo } from "#components/live/time-ago.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TwinButton } from "#components/ui/twin-button.tsx";
import { durationText } from "#lib/display.ts";
import type { FeedOverview } from "#lib/views/feed-overview.ts";
import { gridColumns, leastWidth } from "./columns-geometry.ts";
import { HopFacts } from "./hop-facts.tsx";
import { HopHeading } from "./hop-heading.tsx";
import { sayTide } from "./say-tide.ts";
import { TideColumns } from "./tide-columns.tsx";
import { TideLegend } from "./tide-legend.tsx";
import { TideRows } from "./tide-rows.tsx";
import { TideTable } from "./tide-table.tsx";
import { tideOf, type Tide } from "./tide.ts";
import { Verdict } from "./verdict.tsx";

const QUESTION = "Which hop holds the data back?";

/** The tidemark picture of a feed, its legend and its table. */
export function TidePanel({ feed }: { feed: FeedOverview }) {
  const [asTable, setAsTable] = useState(false);
  const { now } = feed;
  const tide = tideOf(feed);
  return (
    <Panel
      title={QUESTION}
      meta="Depth is time: a hop's line stands as deep as the newest event everything before it has passed."
      tools={
        <>
          {now.measuredAt === null ? (
            <span>never measured</span>
          ) : (
            <span>
              measured <TimeAgo at={now.measuredAt} />
            </span>
          )}
          <TwinButton of={QUESTION} on={asTable} onToggle={() => setAsTable(!asTable)} />
        </>
      }
    >
      {now.hops.length === 0 ? (
        <p className="px-4 pb-6 text-prose text-muted narrow:px-3">{now.because}. There is nothing to draw.</p>
      ) : asTable ? (
        <TideTable hops={now.hops} contractVersion={now.contractVersion} />
      ) : (
        <>
          <WideTide feed={feed} tide={tide} />
          <NarrowTide feed={feed} tide={tide} />
          <TideLegend />
        </>
      )}
    </Panel>
  );
}

const FIRST_WIDTH = 1198;

function WideTide({ feed, tide }: { feed: FeedOverview; tide: Tide }) {
  const { marks, age } = tide.depths;
  const least = leastWidth(marks.length);
  const [attach, width] = useWidth(FIRST_WIDTH);
  const columns = { gridTemplateColumns: gridColumns(marks.length), minWidth: least };
  return (
    <div ref={attach} className="overflow-x-auto narrow:hidden">
      <div className="grid" style={columns}>
        <div />
        {marks.map((mark, k) => (
          <HopHeading key={mark.hop.hop} mark={mark} age={age} series={tide.series} first={k === 0} />
        ))}
        <SumHeading tide={tide} />
      </div>
      <TideColumns tide={tide} width={Math.max(width, least)} say={sayTide(feed)} />
      <div className="grid" style={columns}>
        <div />
        {marks.map(({ hop }, k) => (
          <HopFacts
            key={hop.hop}
            hop={hop}
            pace={feed.paces[hop.hop]}
            contractVersion={feed.now.contractVersion}
            source={k === 0 ? { rate: feed.sourceRate, eventTime: eventTimeOf(feed) } : null}
          />
        ))}
        <Verdict tide={tide} />
      </div>
    </div>
  );
}

const eventTimeOf = (feed: FeedOverview): string | null => {
  const places = new Set(feed.contract?.eventTimes.map((one) => one.from));
  return places.size === 1 ? ([...places][0] ?? null) : places.size === 0 ? null : "differs by topic";
};

function SumHeading({ tide }: { tide: Tide }) {
  const held = tide.depths.path.filter((mark) => (mark.hop.holdSeconds ?? 0) > 0 && !mark.beyondUnknown);
  return (
    <div className="grid content-start gap-[2px] border-l py-1 pr-3 pb-3 pl-[14px]">
      <span className="text-label leading-5 font-medium text-muted">feed</span>
      <span className="text-prose font-semibold">Holds add up to the age</span>
      <span className="text-meta text-muted">
        {held.length === 0
          ? "nothing is held"
          : held.map((mark) => durationText(mark.hop.holdSeconds ?? 0)).join(" + ")}
      </span>
    </div>
  );
}

function NarrowTide({ feed, tide }: { feed: FeedOverview; tide: Tide }) {
  const [attach, width] = useWidth(340);
  return (
    <div ref={attach} className="mx-3 pb-3 wide:hidden">
      <TideRows tide={tide} width={width} say={sayTide(feed)} />
    </div>
  );
}
