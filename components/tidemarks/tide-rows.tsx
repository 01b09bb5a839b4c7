"use client";
import { useHatches, type Hatches } from "#components/charts/hatch.tsx";
import { durationText } from "#lib/display.ts";
import { timeTicks } from "#components/charts/time-ticks.ts";
import { barsOf, worstWords, type Mark } from "./depths.ts";
import { PROOF_DASH } from "./proof.ts";
import { SERIES_FILL } from "#components/charts/series-of.ts";
import { VLine } from "./svg-parts.tsx";
import type { Tide } from "./tide.ts";

const TOP = 30;
const ROW = 82;
const BAR_TOP = 48;
const BAR = 24;
const RIGHT = 26;

type X = (seconds: number) => number;

/** The same picture turned a quarter, for narrow screens: one row a hop, now at the right, time going left. */
export function TideRows({ tide, width, say }: { tide: Tide; width: number; say: string }) {
  const hatches = useHatches();
  const marks = tide.depths.marks.filter((mark, k) => k > 0 || mark.at !== mark.top);
  const now = width - RIGHT;
  const x: X = (seconds) => now - ((now - 4) * seconds) / tide.scale;
  const sum = TOP + marks.length * ROW + 4;
  const height = sum + 44;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={say} className="block">
      {hatches.defs}
      <Scale tide={tide} x={x} width={width} />
      {marks.map((mark, k) => (
        <Row key={mark.hop.hop} mark={mark} y={TOP + k * ROW} x={x} width={width} tide={tide} hatches={hatches} />
      ))}
      <Sum tide={tide} x={x} y={sum} width={width} hatches={hatches} />
    </svg>
  );
}

function Scale({ tide, x, width }: { tide: Tide; x: X; width: number }) {
  const { objective } = tide;
  return (
    <>
      {timeTicks(tide.scale * 0.97, 4).map((seconds) => {
        const clear = x(0) - x(seconds) > 44 && (objective === null || Math.abs(x(seconds) - x(objective)) > 62);
        return (
          <g key={seconds}>
            <VLine x={x(seconds)} y1={18} y2={24} className="stroke-hair" />
            {clear ? (
              <text x={x(seconds)} y={12} textAnchor="middle" className="fill-muted text-label">
                −{durationText(seconds)}
              </text>
            ) : null}
          </g>
        );
      })}
      <VLine x={x(0)} y1={18} y2={24} className="stroke-ink" />
      <text x={width} y={12} textAnchor="end" className="fill-ink text-label font-semibold">
        now
      </text>
      {objective === null ? null : (
        <>
          <VLine x={x(objective)} y1={18} y2={26} className="stroke-ink" />
          <text
            x={Math.max(46, Math.min(x(objective), width - 84))}
            y={12}
            textAnchor="middle"
            className="halo fill-ink text-label font-semibold"
          >
            objective {durationText(objective)}
          </text>
        </>
      )}
    </>
  );
}

interface RowProps {
  mark: Mark;
  y: number;
  x: X;
  width: number;
  tide: Tide;
  hatches: Hatches;
}

function Row({ mark, y, x, width, tide, hatches }: RowProps) {
  const { hop, top, at, fault } = mark;
  const bar = y + BAR_TOP;
  const lost = tide.losses.get(hop.hop);
  return (
    <>
      <path d={`M0 ${y}H${width}`} className="stroke-hair-soft" />
      <text x={0} y={y + 17} className="mono fill-ink text-table font-semibold">
        {hop.hop}
      </text>
      <text
        x={width}
        y={y + 17}
        textAnchor="end"
        className={`halo text-table font-semibold ${fault ? "fill-bad" : "fill-ink"}`}
      >
        {holdWords(mark)}
      </text>
      <text x={0} y={y + 34} className="halo fill-muted text-label">
        {[hop.owner, worstWords(hop)].filter(Boolean).join(" · ")}
      </text>
      <text
        x={width}
        y={y + 34}
        textAnchor="end"
        className={`halo text-label ${lost ? "fill-bad font-semibold" : "fill-muted"}`}
      >
        {lost ? "records lost" : paceWords(tide.paces[hop.hop])}
      </text>
      {at === null ? (
        <rect x={0} y={bar} width={Math.max(0, x(top))} height={BAR} fill={hatches.unmeasured} />
      ) : (
        <>
          <rect
            x={0}
            y={bar}
            width={Math.max(0, x(at))}
            height={BAR}
            className={mark.beyondUnknown ? "fill-shoal" : "fill-water"}
          />
          <RowBars mark={mark} x={x} bar={bar} />
          {mark.beyondUnknown ? (
            <rect x={0} y={bar} width={Math.max(0, x(at))} height={BAR} fill={hatches.unmeasured} opacity={0.5} />
          ) : null}
          <path
            d={`M${x(at)} ${bar - 4}V${bar + BAR + 4}`}
            className={fault ? "stroke-bad" : "stroke-ink"}
            strokeWidth={2}
            strokeDasharray={PROOF_DASH[hop.proof ?? "exact"]}
          />
        </>
      )}
      <VLine x={x(0)} y1={bar - 4} y2={bar + BAR + 4} className="stroke-ink" />
      {tide.objective === null ? null : (
        <path d={`M${x(tide.objective)} ${bar - 4}V${bar + BAR + 4}`} className="objective-line" />
      )}
    </>
  );
}

function RowBars({ mark, x, bar }: { mark: Mark; x: X; bar: number }) {
  const { hop, top, at, fault } = mark;
  if (at === null || at <= top) return null;
  const bars = barsOf(hop, BAR / 2);
  const drawn = bars.length === 0 ? [{ seconds: at - top, worst: false }] : bars;
  const step = BAR / drawn.length;
  return (
    <>
      <rect x={x(at)} y={bar} width={x(top) - x(at)} height={BAR} className="fill-shoal" />
      {drawn.map(({ seconds, worst }, index) => (
        <rect
          key={index}
          x={x(top + seconds)}
          y={bar + index * step}
          width={Math.max(0, x(top) - x(top + seconds))}
          height={Math.max(1, step - (step > 3 ? 0.6 : 0))}
          className={fault ? "fill-bad" : worst ? "fill-hold-worst" : "fill-hold"}
        />
      ))}
    </>
  );
}

function Sum({ tide, x, y, width, hatches }: { tide: Tide; x: X; y: number; width: number; hatches: Hatches }) {
  const { age, unknown, path } = tide.depths;
  const slices = path.filter((mark) => mark.at !== null && mark.at > mark.top && !mark.beyondUnknown);
  const over = tide.objective !== null && !unknown && age > tide.objective;
  return (
    <>
      {slices.map((mark) => (
        <rect
          key={mark.hop.hop}
          x={x(mark.at ?? 0)}
          y={y}
          width={Math.max(0, x(mark.top) - x(mark.at ?? 0))}
          height={10}
          className={SERIES_FILL[tide.series.find((series) => series.hops.includes(mark.hop.hop))?.colour ?? 1]}
        />
      ))}
      {unknown ? (
        <rect x={0} y={y} width={Math.max(0, x(slices.at(-1)?.at ?? 0))} height={10} fill={hatches.unmeasured} />
      ) : null}
      {over && tide.objective !== null ? (
        <rect x={x(age)} y={y + 13} width={x(tide.objective) - x(age)} height={5} fill={hatches.over} />
      ) : null}
      <text x={0} y={y + 34} className="fill-ink text-table font-semibold">
        {unknown ? (age > 0 ? `age ≥ ${durationText(age)}` : "age unknown") : `age ${durationText(age)}`}
      </text>
      <text x={width} y={y + 34} textAnchor="end" className="fill-muted text-label">
        {slices.length > 1 && !unknown ? slices.map((mark) => durationText((mark.at ?? 0) - mark.top)).join(" + ") : ""}
      </text>
    </>
  );
}

function holdWords({ hop, beyondUnknown }: Mark): string {
  if (hop.holdSeconds === null) return "○ unmeasured";
  const words = hop.holdSeconds === 0 ? "0s" : `+${durationText(hop.holdSeconds)}`;
  return beyondUnknown ? `own wait ${words}` : words;
}

export function paceWords(pace: number | undefined): string {
  if (pace === undefined) return "";
  if (pace < 0.05) return "not moving";
  return `pace ${pace.toFixed(1)}×`;
}
