"use client";
import { Duration } from "#components/ui/duration.tsx";
import { Status } from "#components/ui/status.tsx";
import { durationText, timesText } from "#lib/display.ts";
import type { FeedOverview } from "#lib/views/feed-overview.ts";
import { Figure } from "./figure.tsx";
import { WhyAge, WhyHeldBy, WhyLastRecord } from "./why-figures.tsx";

/** The numbers first: how old, held by whom, and when a record last came. Only what is measured. */
export function Figures({ feed }: { feed: FeedOverview }) {
  return (
    <div className="grid grid-cols-3 rounded border bg-surface narrow:grid-cols-1">
      <AgeFigure feed={feed} />
      <HeldFigure feed={feed} />
      <RecordFigure feed={feed} />
    </div>
  );
}

function AgeFigure({ feed }: { feed: FeedOverview }) {
  const { ageSeconds, ageLowerSeconds, objectiveSeconds, lastKnown, because } = feed.now;
  const shown = ageSeconds ?? ageLowerSeconds;
  const ratio = shown === null || objectiveSeconds === null ? null : shown / objectiveSeconds;
  const worst = feed.now.hops.find((hop) => hop.hop === (feed.now.heldBy ?? feed.now.largestHold)?.hop);
  const meta = [
    objectiveSeconds === null ? "no objective" : `objective ${durationText(objectiveSeconds)}`,
    worst?.partition === null || worst === undefined ? null : `worst partition p${worst.partition}`,
    ageSeconds !== null && ageLowerSeconds !== null && ageSeconds - ageLowerSeconds >= 1
      ? `at least ${durationText(ageLowerSeconds)}`
      : null,
  ];
  return (
    <Figure
      label="Age now"
      status={ratio !== null && ratio > 1 ? <Status tone="bad">{timesText(ratio)} objective</Status> : null}
      why={<WhyAge feed={feed} />}
      meta={shown === null && lastKnown ? lastKnownWords(lastKnown.ageSeconds) : meta.filter(Boolean).join(" · ")}
    >
      {shown === null ? (
        <span className="text-title font-medium text-muted" title={because}>
          unknown
        </span>
      ) : (
        <>
          {ageSeconds === null ? <span className="font-normal text-muted">≥</span> : null}
          <Duration seconds={shown} large />
        </>
      )}
    </Figure>
  );
}

const lastKnownWords = (ageSeconds: number | null): string =>
  ageSeconds === null ? "nothing was known before" : `was ${durationText(ageSeconds)} when last measured`;

function HeldFigure({ feed }: { feed: FeedOverview }) {
  const { heldBy, largestHold, state, hops } = feed.now;
  const hop = hops.find((one) => one.hop === heldBy?.hop);
  if (heldBy) {
    const inStep = heldBy.byCadence ? "every hop in step" : state === "silent" ? "nothing arrives" : "out of step";
    return (
      <Figure
        label="Held by"
        status={heldBy.byCadence ? <Status tone="risk">by cadence</Status> : null}
        why={<WhyHeldBy feed={feed} />}
        meta={[inStep, hop?.holdSeconds ? `holds ${durationText(hop.holdSeconds)}` : null].filter(Boolean).join(" · ")}
      >
        <span className="mono truncate">{heldBy.hop}</span>
        <small className="text-prose font-normal tracking-normal text-muted">{heldBy.owner}</small>
      </Figure>
    );
  }
  const nobody = state === "unmeasured" ? "unknown" : "nobody";
  const most = largestHold ? `largest hold ${largestHold.hop}, ${durationText(largestHold.holdSeconds)}` : null;
  return (
    <Figure
      label="Held by"
      why={<WhyHeldBy feed={feed} />}
      meta={most ?? (state === "idle" ? "nothing is waiting" : feed.now.because)}
    >
      <span className="text-title font-medium text-muted">{nobody}</span>
    </Figure>
  );
}

function RecordFigure({ feed }: { feed: FeedOverview }) {
  const { lastRecordAt, measuredAt, state, lastKnown } = feed.now;
  const max = feed.contract?.maxSilenceSeconds ?? null;
  const allowed = max === null ? "no longest silence is agreed" : `silence allowed ${durationText(max)}`;
  const rate = feed.sourceRate === null ? null : `${feed.sourceRate} offsets/s`;
  const known = lastRecordAt !== null && measuredAt !== null && lastKnown === null;
  return (
    <Figure
      label="Last record"
      status={state === "silent" ? <Status tone="risk">silent</Status> : null}
      why={<WhyLastRecord feed={feed} />}
      meta={[allowed, rate].filter(Boolean).join(" · ")}
    >
      {known ? (
        <>
          <Duration seconds={Math.max(0, (Date.parse(measuredAt) - Date.parse(lastRecordAt)) / 1000)} large />
          <small className="text-prose font-normal tracking-normal text-muted">before that reading</small>
        </>
      ) : (
        <span className="text-title font-medium text-muted">unknown</span>
      )}
    </Figure>
  );
}
