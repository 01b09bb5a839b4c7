import { SERIES_BACKGROUND, type Series } from "#components/charts/series-of.ts";
import { clockText, durationText } from "#lib/display.ts";
import type { StackRow } from "./age-stack-data.ts";

export function AgeStackTip({ row, series }: { row: StackRow | undefined; series: readonly Series[] }) {
  if (!row) return null;
  return (
    <div className="grid gap-1 rounded border border-control bg-raised px-3 py-2 text-meta text-ink">
      <span className="mono text-muted">{clockText(new Date(row.at).toISOString())} UTC</span>
      {row.age === null ? (
        <span>unmeasured</span>
      ) : (
        <>
          <b className="font-semibold">{durationText(row.age)} old</b>
          {series
            .map((one, index) => (
              <span key={one.name} className="flex items-center gap-[6px]">
                <i className={`size-2 rounded-[1px] ${SERIES_BACKGROUND[one.colour]}`} />
                {one.name}
                <span className="ml-auto pl-3">{durationText(row.parts[index] ?? 0)}</span>
              </span>
            ))
            .toReversed()}
        </>
      )}
    </div>
  );
}
