import { clockText, durationText } from "#lib/display.ts";
import type { AgeSeries } from "#lib/views/age-series.ts";

/** The chart as a table, newest first, with what was not measured and why. */
export function AgeTable({ data, hops }: { data: AgeSeries; hops: readonly string[] }) {
  const reason = (at: string) => data.unmeasured.find((spell) => spell.from <= at && at < spell.to)?.because;
  return (
    <div className="max-h-[420px] overflow-auto" role="region" aria-label="Age over time as a table" tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Time, UTC</th>
            <th scope="col" className="num">
              Age
            </th>
            {hops.map((hop) => (
              <th key={hop} scope="col" className="num">
                {hop}
              </th>
            ))}
            <th scope="col">Held by</th>
          </tr>
        </thead>
        <tbody>
          {data.points.toReversed().map((point) => (
            <tr key={point.at}>
              <th scope="row" className="mono font-normal">
                {clockText(point.at)}
              </th>
              <td className="num font-semibold">
                {point.ageSeconds === null ? "unmeasured" : durationText(point.ageSeconds)}
              </td>
              {hops.map((hop) => {
                const hold = point.holds[hop] ?? null;
                return (
                  <td key={hop} className="num">
                    {hold === null ? "—" : durationText(hold)}
                  </td>
                );
              })}
              <td>{point.ageSeconds === null ? reason(point.at) : (point.heldBy ?? "nobody")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
