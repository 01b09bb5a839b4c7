import type { Hatches } from "#components/charts/hatch.tsx";
import { durationText } from "#lib/display.ts";
import type { Geometry } from "./columns-geometry.ts";
import { SERIES_FILL, type SeriesColour } from "#components/charts/series-of.ts";
import type { Mark } from "./depths.ts";
import { HLine } from "./svg-parts.tsx";
import type { Tide } from "./tide.ts";

const OFFSET = 28;
const WIDTH = 24;
const LINE = 16;

interface GaugeProps {
  tide: Tide;
  g: Geometry;
  hatches: Hatches;
}

/** The same holds, projected to the right and standing on one another: they add up to the age. */
export function TideGauge({ tide, g, hatches }: GaugeProps) {
  const { age, unknown, path } = tide.depths;
  const x = g.end + OFFSET;
  const slices = path.filter((mark) => mark.at !== null && mark.at > mark.top && !mark.beyondUnknown);
  const colourOf = (hop: string): SeriesColour => tide.series.find((series) => series.hops.includes(hop))?.colour ?? 1;
  const known = slices.at(-1)?.at ?? 0;
  const over = tide.objective !== null && !unknown && age > tide.objective;
  const labels = labelsOf(slices, g);
  const free = (labels.at(-1)?.y ?? -LINE) + LINE;
  return (
    <>
      {slices.map((mark) => {
        const column = g.columns[tide.depths.marks.indexOf(mark)] ?? { x: 0, width: 0 };
        const [y, bottom] = [g.y(mark.top), g.y(mark.at ?? 0)];
        const unproven = Math.min(mark.hop.unprovenSeconds ?? 0, (mark.at ?? 0) - mark.top);
        return (
          <g key={mark.hop.hop}>
            <HLine x1={column.x + column.width} x2={x} y={bottom} className="stroke-hold" dash="1 3" />
            <rect
              x={x}
              y={y}
              width={WIDTH}
              height={Math.max(0, bottom - y - 1.5)}
              className={SERIES_FILL[colourOf(mark.hop.hop)]}
            />
            <Unproven x={x} from={g.y((mark.at ?? 0) - unproven)} to={bottom - 1.5} hatch={hatches.unmeasured} />
          </g>
        );
      })}
      {labels.map(({ mark, middle, y }) => (
        <g key={mark.hop.hop}>
          <path d={`M${x + WIDTH + 3} ${middle}L${x + WIDTH + 10} ${y - 4}`} className="stroke-hair" fill="none" />
          <text x={x + WIDTH + 14} y={y} className="halo fill-muted text-meta">
            {mark.hop.hop} <tspan className="fill-ink font-semibold">{durationText((mark.at ?? 0) - mark.top)}</tspan>
          </text>
        </g>
      ))}
      {over && tide.objective !== null ? (
        <rect x={x - 9} y={g.y(tide.objective)} width={6} height={g.y(age) - g.y(tide.objective)} fill={hatches.over} />
      ) : null}
      {unknown ? (
        <UnknownAge
          x={x}
          y={g.y(known)}
          bottom={g.bottom}
          age={age}
          labelY={Math.max(free + 4, g.y(known) + LINE, g.top + 24)}
          hatch={hatches.unmeasured}
        />
      ) : (
        <KnownAge
          x={x}
          y={g.y(age)}
          age={age}
          over={over}
          labelY={Math.min(Math.max(g.y(age) + 5, free + 4), g.bottom)}
        />
      )}
    </>
  );
}

interface SliceLabel {
  mark: Mark;
  /** Middle of its slice. */
  middle: number;
  /** Its baseline: beside the middle, or as near below as the label before leaves room. */
  y: number;
}

function labelsOf(slices: readonly Mark[], g: Geometry): SliceLabel[] {
  const labels: SliceLabel[] = [];
  for (const mark of slices) {
    const middle = (g.y(mark.top) + g.y(mark.at ?? 0)) / 2;
    labels.push({ mark, middle, y: Math.max(middle + 4, (labels.at(-1)?.y ?? -LINE) + LINE) });
  }
  return labels;
}

/** A slice whose wait is not proven is lighter: positions move in steps, and it may have been passed already. */
function Unproven({ x, from, to, hatch }: { x: number; from: number; to: number; hatch: string }) {
  if (to - from < 3) return null;
  return (
    <>
      <rect x={x} y={from} width={WIDTH} height={to - from} className="fill-surface" opacity={0.62} />
      <rect x={x} y={from} width={WIDTH} height={to - from} fill={hatch} />
    </>
  );
}

function KnownAge({ x, y, age, over, labelY }: { x: number; y: number; age: number; over: boolean; labelY: number }) {
  return (
    <>
      <HLine x1={x - 12} x2={x + WIDTH + 6} y={y} className={over ? "stroke-bad" : "stroke-ink"} width={2} />
      <text x={x + WIDTH + 14} y={labelY} className="halo fill-ink text-prose font-semibold">
        {age === 0 ? "age 0" : `age ${durationText(age)}`}
      </text>
    </>
  );
}

function UnknownAge(props: { x: number; y: number; bottom: number; age: number; labelY: number; hatch: string }) {
  const { x, y, bottom, age, labelY, hatch } = props;
  return (
    <>
      <rect x={x} y={y} width={WIDTH} height={Math.max(0, bottom - y)} fill={hatch} />
      <text x={x + WIDTH + 14} y={labelY} className="halo fill-ink text-prose font-semibold">
        {age > 0 ? `≥ ${durationText(age)}` : "age unknown"}
      </text>
      <text x={x + WIDTH + 14} y={labelY + LINE} className="halo fill-muted text-label">
        unmeasured below
      </text>
    </>
  );
}
