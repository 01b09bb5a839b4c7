import { durationText } from "#lib/display.ts";
import { barsOf, type Mark } from "./depths.ts";
import type { Geometry } from "./columns-geometry.ts";
import { HLine } from "./svg-parts.tsx";
import { CATCHING_UP, type Tide } from "./tide.ts";

const INSET = 14;

interface ColumnProps {
  mark: Mark;
  column: { x: number; width: number };
  tide: Tide;
  g: Geometry;
  hatch: string;
}

/** The hold of one hop: its partitions' bars, the part of it that is not proven, and how deep it usually is. */
export function ColumnHold({ mark, column, tide, g, hatch }: ColumnProps) {
  const { hop, top, at, fault } = mark;
  if (at === null) return null;
  const height = g.y(at) - g.y(top);
  const unproven = Math.min(hop.unprovenSeconds ?? 0, at - top);
  const isWorthDrawing = g.y(at) - g.y(at - unproven) >= 3;
  return (
    <>
      {at > top ? <rect x={column.x} y={g.y(top)} width={column.width} height={height} className="fill-shoal" /> : null}
      {at > top ? <Bars mark={mark} column={column} g={g} /> : null}
      {isWorthDrawing ? (
        <rect
          x={column.x}
          y={g.y(at - unproven)}
          width={column.width}
          height={g.y(at) - g.y(at - unproven)}
          fill={hatch}
        />
      ) : null}
      <Usual mark={mark} column={column} tide={tide} g={g} onBars={fault} />
      <CatchingUp mark={mark} column={column} tide={tide} g={g} />
    </>
  );
}

function Bars({ mark, column, g }: Omit<ColumnProps, "tide" | "hatch">) {
  const { hop, top, at, fault } = mark;
  const inner = column.width - 2 * INSET;
  const bars = barsOf(hop, Math.floor(inner / 3));
  const y = g.y(top);
  if (bars.length === 0) {
    const height = g.y(at ?? top) - y;
    return (
      <rect x={column.x + INSET} y={y} width={inner} height={height} className={fault ? "fill-bad" : "fill-hold"} />
    );
  }
  const step = inner / bars.length;
  const gap = step > 5 ? 2 : 1;
  return (
    <>
      {bars.map(({ seconds, worst }, index) => (
        <rect
          key={index}
          x={column.x + INSET + index * step}
          y={y}
          width={step - gap}
          height={seconds > 0 ? Math.max(1.5, g.y(top + seconds) - y) : 0}
          className={fault ? "fill-bad" : worst ? "fill-hold-worst" : "fill-hold"}
          opacity={fault && !worst ? 0.78 : 1}
        />
      ))}
    </>
  );
}

/** A dotted line where this hop usually stands, when it stands elsewhere. */
function Usual({ mark, column, tide, g, onBars }: Omit<ColumnProps, "hatch"> & { onBars: boolean }) {
  const usual = tide.usual[mark.hop.hop];
  if (usual === undefined || mark.at === null || mark.beyondUnknown) return null;
  const y = g.y(mark.top + usual);
  if (Math.abs(y - g.y(mark.at)) < 16 || y > g.bottom) return null;
  const words = `usually ${durationText(usual)}`;
  return (
    <>
      <HLine x1={column.x} x2={column.x + column.width} y={y} className="stroke-ink" width={1.5} dash="1 3" />
      {onBars ? (
        <rect x={column.x + 8} y={y - 8} width={words.length * 5.6 + 12} height={16} rx={3} className="fill-surface" />
      ) : null}
      <text x={column.x + INSET} y={y + 4} className={`fill-muted text-label ${onBars ? "" : "halo-water"}`}>
        {words}
      </text>
    </>
  );
}

/** Where a hop at fault stood some minutes ago, and an arrow up to where it stands, while it catches up. */
function CatchingUp({ mark, column, tide, g }: Omit<ColumnProps, "hatch">) {
  const pace = tide.paces[mark.hop.hop] ?? 0;
  const held = tide.earlier?.holds[mark.hop.hop];
  if (!mark.fault || mark.at === null || pace < CATCHING_UP || held === undefined || !tide.earlier) return null;
  const [was, is] = [g.y(mark.top + held), g.y(mark.at)];
  if (was - is < 24) return null;
  const x = column.x + column.width - 18;
  return (
    <>
      <HLine x1={column.x} x2={column.x + column.width} y={was} className="stroke-ink" width={1.5} dash="1 3" />
      <path
        d={`M${x} ${was - 2}V${is + 6}M${x - 4} ${is + 11}L${x} ${is + 5}L${x + 4} ${is + 11}`}
        fill="none"
        className="stroke-ink"
        strokeWidth={1.5}
      />
      <text x={column.x + INSET} y={was + (g.bottom - was > 18 ? 14 : -6)} className="halo-water fill-muted text-label">
        {Math.round(tide.earlier.secondsBefore / 60)} min before · pace {pace.toFixed(1)}×
      </text>
    </>
  );
}
