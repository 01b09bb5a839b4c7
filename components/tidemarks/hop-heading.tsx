import { Status } from "#components/ui/status.tsx";
import { SERIES_BACKGROUND, type Series } from "#components/charts/series-of.ts";
import type { Mark } from "./depths.ts";

/** Kind, name, owner; and how much of the age it holds when it is at fault. */
export function HopHeading({
  mark,
  age,
  series,
  first,
}: {
  mark: Mark;
  age: number;
  series: readonly Series[];
  first: boolean;
}) {
  const { hop, fault } = mark;
  const colour = series.find((one) => one.hops.includes(hop.hop))?.colour;
  const share = fault && age > 0 && hop.holdSeconds !== null ? Math.round((100 * hop.holdSeconds) / age) : null;
  const shown = first ? hop.subject : hop.hop;
  return (
    <div
      className={`grid min-w-0 content-start gap-[2px] border-l py-1 pr-3 pb-3 pl-[14px] ${first ? "border-transparent" : ""}`}
    >
      <span className="flex h-5 items-center justify-between gap-2 text-label font-medium text-muted">
        {hop.kind}
        {share === null ? null : <Status tone="bad">holds {share}%</Status>}
      </span>
      <span className="flex min-w-0 items-center gap-2 text-prose font-semibold">
        {colour && !first ? <i className={`size-2 flex-none rounded-[1px] ${SERIES_BACKGROUND[colour]}`} /> : null}
        <span className="mono truncate" title={hop.subject}>
          {shown}
        </span>
      </span>
      {first || hop.subject === hop.hop ? null : (
        <span className="mono truncate text-meta text-muted" title={hop.subject}>
          {hop.subject}
        </span>
      )}
      <span className="truncate text-meta text-muted" title={hop.owner}>
        {hop.owner}
      </span>
    </div>
  );
}
