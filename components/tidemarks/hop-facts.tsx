import { TimeAgo } from "#components/live/time-ago.tsx";
import { countText, durationText } from "#lib/display.ts";
import type { HopNow } from "#lib/views/feed-now.ts";
import { WhyHop } from "./why-hop.tsx";

interface HopFactsProps {
  hop: HopNow;
  pace: number | undefined;
  contractVersion: number | null;
  /** For the source alone: what is read of it besides its position. */
  source: { rate: number | null; eventTime: string | null } | null;
}

/** What stands under a hop: its proof, lag, pace, precision, note, and when it was read. */
export function HopFacts({ hop, pace, contractVersion, source }: HopFactsProps) {
  const first = source !== null;
  return (
    <div
      className={`grid min-w-0 content-start gap-1 border-l pt-2 pr-3 pb-3 pl-[14px] text-meta ${first ? "border-transparent" : ""}`}
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-[10px] leading-[18px] [&_dd]:truncate [&_dt]:text-muted">
        {source ? (
          <SourceFacts hop={hop} rate={source.rate} eventTime={source.eventTime} />
        ) : (
          <ReaderFacts hop={hop} pace={pace} />
        )}
        <dt>read</dt>
        <dd>{hop.measuredAt === null ? "not now" : <TimeAgo at={hop.measuredAt} />}</dd>
      </dl>
      {hop.unmeasuredBecause ? <p className="text-ink">{hop.unmeasuredBecause.detail}</p> : null}
      {hop.note ? <p className="font-semibold text-ink">{hop.note}</p> : null}
      <span>
        <WhyHop hop={hop} contractVersion={contractVersion} />
      </span>
    </div>
  );
}

function SourceFacts({ hop, rate, eventTime }: { hop: HopNow; rate: number | null; eventTime: string | null }) {
  return (
    <>
      <dt>rate</dt>
      <dd>{rate === null ? "not known yet" : `${countText(rate)}/s`}</dd>
      <dt>partitions</dt>
      <dd>{hop.partitions.length === 0 ? "unknown" : hop.partitions.length}</dd>
      {eventTime === null ? null : (
        <>
          <dt>event time</dt>
          <dd title={eventTime} className={eventTime.startsWith("$") ? "mono" : ""}>
            {eventTime}
          </dd>
        </>
      )}
    </>
  );
}

function ReaderFacts({ hop, pace }: { hop: HopNow; pace: number | undefined }) {
  return (
    <>
      <dt>proof</dt>
      <dd>{hop.proof ?? "none"}</dd>
      <dt>{hop.kind === "table" ? "waiting" : "lag"}</dt>
      <dd title={hop.lagOffsetsBecause}>
        {hop.lagOffsets === null ? (
          "unknown"
        ) : (
          <span className={hop.lagOffsets === "0" ? "font-semibold" : ""}>{countText(hop.lagOffsets)} offsets</span>
        )}
      </dd>
      <dt>pace</dt>
      <dd>{paceText(pace)}</dd>
      <dt>precision</dt>
      <dd>{hop.precisionSeconds === null ? "unknown" : `± ${durationText(hop.precisionSeconds)}`}</dd>
    </>
  );
}

function paceText(pace: number | undefined): React.ReactNode {
  if (pace === undefined) return "not known yet";
  const number = `${pace.toFixed(1)}×`;
  if (pace < 0.05) return <b className="font-semibold">{number} not moving</b>;
  if (pace < 0.9) return `${number} falling back`;
  if (pace <= 1.1) return `${number} keeping up`;
  return `${number} catching up`;
}
