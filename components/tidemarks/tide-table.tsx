import { countText, durationText, clockText } from "#lib/display.ts";
import type { HopNow } from "#lib/views/feed-now.ts";
import { worstWords } from "./depths.ts";
import { WhyHop } from "./why-hop.tsx";

/** The picture as a table: the same numbers, and the partitions behind them. */
export function TideTable({ hops, contractVersion }: { hops: readonly HopNow[]; contractVersion: number | null }) {
  return (
    <div className="overflow-x-auto" role="region" aria-label="Hops as a table" tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Hop</th>
            <th scope="col">Kind</th>
            <th scope="col">Owner</th>
            <th scope="col" className="num">
              Hold
            </th>
            <th scope="col" className="num">
              Unproven
            </th>
            <th scope="col">Worst</th>
            <th scope="col" className="num">
              Tidemark
            </th>
            <th scope="col" className="num">
              Lag, offsets
            </th>
            <th scope="col">In step</th>
            <th scope="col">Proof</th>
            <th scope="col">Note</th>
            <th scope="col">
              <span className="sr-only">Why</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {hops.map((hop) => (
            <tr key={hop.hop}>
              <th scope="row" className="mono font-semibold">
                {hop.hop}
              </th>
              <td>{hop.kind}</td>
              <td className="whitespace-nowrap">{hop.owner}</td>
              <td className="num font-semibold">
                {hop.holdSeconds === null ? "unmeasured" : durationText(hop.holdSeconds)}
              </td>
              <td className="num">{hop.unprovenSeconds === null ? "unknown" : durationText(hop.unprovenSeconds)}</td>
              <td className="whitespace-nowrap">{worstWords(hop) ?? "none waits"}</td>
              <td className="num mono">{hop.tidemark === null ? "unknown" : clockText(hop.tidemark)}</td>
              <td className="num">{hop.lagOffsets === null ? "unknown" : countText(hop.lagOffsets)}</td>
              <td>{hop.inStep === null ? "unknown" : hop.inStep ? "yes" : "no"}</td>
              <td>{hop.proof ?? "none"}</td>
              <td className="min-w-40">{hop.unmeasuredBecause?.detail ?? hop.note ?? ""}</td>
              <td>
                <WhyHop hop={hop} contractVersion={contractVersion} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
