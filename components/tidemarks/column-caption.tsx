import { clockText, durationText } from "#lib/display.ts";
import type { Geometry } from "./columns-geometry.ts";
import { worstWords, type Mark } from "./depths.ts";
import { Diamond } from "./svg-parts.tsx";
import { CATCHING_UP, type Tide } from "./tide.ts";

const INSET = 14;
/** Holds deeper than this many pixels carry their number inside. */
const ROOMY = 46;

interface CaptionProps {
  mark: Mark;
  column: { x: number; width: number };
  tide: Tide;
  g: Geometry;
}

/** The words of one column: its hold, its worst partition, the clock of its tidemark, and what was lost. */
export function ColumnCaption({ mark, column, tide, g, first }: CaptionProps & { first: boolean }) {
  if (mark.at === null) return <UnknownCaption mark={mark} column={column} g={g} />;
  if (first && mark.hop.holdSeconds === 0) return null;
  const hold = mark.hop.holdSeconds ?? 0;
  const deep = g.y(mark.at) - g.y(mark.top);
  const y = captionY(mark.at, tide, g);
  // A sink between two rounds has records before it and owes none of them.
  const owesNothing = mark.hop.lagOffsets !== null && mark.hop.lagOffsets !== "0" ? "in step" : "nothing waiting";
  const words = hold > 0 ? `+${durationText(hold)}` : owesNothing;
  const lost = tide.losses.get(mark.hop.hop);
  const lead = mark.beyondUnknown ? `own wait ${words}` : deep > ROOMY ? "" : words;
  const worst = worstWords(mark.hop);
  return (
    <>
      {deep > ROOMY ? <InsideNumber mark={mark} column={column} g={g} words={words} /> : null}
      <text x={column.x + INSET} y={y} className="fill-muted text-label">
        {lead === "" ? null : (
          <tspan className={hold > 0 && !mark.beyondUnknown ? "fill-ink text-table font-semibold" : ""}>{lead}</tspan>
        )}
        {worst === null || mark.beyondUnknown ? null : (
          <tspan dx={lead === "" ? 0 : 6}>{fitted(worst, column.width, lead)}</tspan>
        )}
      </text>
      {mark.hop.tidemark !== null &&
      hold > 0 &&
      column.width > 190 &&
      !mark.beyondUnknown &&
      !isCatchingUp(mark, tide) ? (
        <text x={column.x + column.width - INSET} y={y} textAnchor="end" className="mono fill-muted text-label">
          {clockText(mark.hop.tidemark)}
        </text>
      ) : null}
      {lost === undefined ? null : (
        <>
          <Diamond x={column.x + INSET + 4} y={y + 11} r={4} className="fill-bad" />
          <text x={column.x + INSET + 12} y={y + 15} className="fill-bad text-label font-semibold">
            {/^\d+ records? lost/.exec(lost)?.[0] ?? "records lost"}
            <title>{lost}</title>
          </text>
        </>
      )}
    </>
  );
}

/** The arrow of catching up stands where the clock would. */
const isCatchingUp = (mark: Mark, tide: Tide): boolean => mark.fault && (tide.paces[mark.hop.hop] ?? 0) >= CATCHING_UP;

/** The long form only where it fits beside what stands before and after it. */
function fitted(worst: string, width: number, lead: string): string {
  const room = width - 2 * INSET - lead.length * 8 - (width > 190 ? 62 : 0);
  return worst.length * 5.6 <= room ? worst : worst.replace(/^.*?(p\d+).*$/, "$1");
}

/** Below the line, or above it when there is no room below; never across the objective. */
function captionY(at: number, tide: Tide, g: Geometry): number {
  const line = g.y(at);
  const y = g.bottom - line > 20 ? line + 15 : line - 6;
  if (tide.objective === null) return y;
  const objective = g.y(tide.objective);
  return Math.abs(y - 4 - objective) < 9 ? objective + 15 : y;
}

function InsideNumber({ mark, column, g, words }: Omit<CaptionProps, "tide"> & { words: string }) {
  const cx = column.x + column.width / 2;
  const cy = (g.y(mark.top) + g.y(mark.at ?? mark.top)) / 2;
  const width = mark.fault ? words.length * 8.6 + 34 : words.length * 7.6 + 16;
  return (
    <>
      <rect x={cx - width / 2} y={cy - 14} width={width} height={28} rx={4} className="fill-surface" />
      {mark.fault ? <Diamond x={cx - width / 2 + 14} y={cy} r={4.5} className="fill-bad" /> : null}
      <text
        x={cx + (mark.fault ? 8 : 0)}
        y={cy + 5}
        textAnchor="middle"
        className={`font-semibold ${mark.fault ? "fill-bad text-[15px]" : "fill-ink text-table"}`}
      >
        {words}
      </text>
    </>
  );
}

function UnknownCaption({ mark, column, g }: Omit<CaptionProps, "tide">) {
  const cx = column.x + column.width / 2;
  const cy = (g.y(mark.top) + g.bottom) / 2;
  return (
    <>
      <circle cx={cx} cy={cy - 14} r={5} fill="none" className="stroke-muted" strokeDasharray="2 2" strokeWidth={1.2} />
      <text x={cx} y={cy + 8} textAnchor="middle" className="halo fill-ink text-meta font-semibold">
        unmeasured
      </text>
      <text x={cx} y={cy + 24} textAnchor="middle" className="halo fill-muted text-label">
        {mark.hop.unmeasuredBecause?.code.replaceAll("-", " ") ?? ""}
      </text>
    </>
  );
}
