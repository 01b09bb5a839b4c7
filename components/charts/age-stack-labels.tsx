import { SERIES_BACKGROUND, type Series } from "#components/charts/series-of.ts";
import { durationText, minuteText } from "#lib/display.ts";
import type { AgeSeries } from "#lib/views/age-series.ts";
import { spread, type StackRow } from "./age-stack-data.ts";
import { STACK_FOOT, STACK_HEIGHT, STACK_TOP } from "./age-stack-size.ts";

interface Plot {
  left: number;
  right: number;
  width: number;
  from: number;
  to: number;
  max: number;
}

interface LabelsProps {
  data: AgeSeries;
  series: readonly Series[];
  last: StackRow | undefined;
  objective: number | null;
  late: number | null;
  plot: Plot;
  narrow: boolean;
}

const FLOOR = STACK_HEIGHT - STACK_FOOT;
const HALO = "pointer-events-none absolute rounded-[2px] bg-surface/85 px-[3px] text-label whitespace-nowrap";

/** Direct labels over the chart: the objective, since when late, what was unmeasured and why, and each series. */
export function AgeStackLabels({ data, series, last, objective, late, plot, narrow }: LabelsProps) {
  const x = (at: number) =>
    plot.left + ((plot.width - plot.left - plot.right) * (at - plot.from)) / (plot.to - plot.from);
  const y = (seconds: number) => FLOOR - ((FLOOR - STACK_TOP) * seconds) / plot.max;
  const spell = longestSpell(data);
  return (
    <div aria-hidden="true">
      {objective === null ? null : (
        <span className={`${HALO} font-semibold text-ink`} style={{ left: plot.left + 4, top: y(objective) - 19 }}>
          objective {durationText(objective)}
        </span>
      )}
      {late === null || objective === null || late < plot.from ? null : (
        <span
          className={`${HALO} font-semibold text-bad`}
          style={{ right: plot.width - x(late) + 9, top: Math.max(STACK_TOP, y(objective) - 36) }}
        >
          late since {minuteText(new Date(late).toISOString())}
        </span>
      )}
      {data.measuredFrom === null || Date.parse(data.measuredFrom) - plot.from < 120_000 ? null : (
        <span
          className={`${HALO} text-muted`}
          style={{ right: plot.width - x(Date.parse(data.measuredFrom)) + 4, top: FLOOR - 22 }}
        >
          measured since {minuteText(data.measuredFrom)}
        </span>
      )}
      {spell ? <SpellLabel spell={spell} x={x} plot={plot} narrow={narrow} /> : null}
      {narrow || !last || last.age === null ? null : (
        <SeriesLabels series={series} last={last} y={y} left={plot.width - plot.right + 10} />
      )}
    </div>
  );
}

/** The longest spell that is worth words: a single missed sample is hatched and left at that. */
function longestSpell(data: AgeSeries) {
  const length = (spell: { from: string; to: string }) => Date.parse(spell.to) - Date.parse(spell.from);
  const least = Math.max(60_000, 2 * data.stepSeconds * 1000);
  return data.unmeasured.filter((spell) => length(spell) >= least).toSorted((a, b) => length(b) - length(a))[0];
}

interface SpellLabelProps {
  spell: { from: string; to: string; because: string };
  x: (at: number) => number;
  plot: Plot;
  narrow: boolean;
}

/** Beside the spell, on the side that has room. */
function SpellLabel({ spell, x, plot, narrow }: SpellLabelProps) {
  const [from, to] = [x(Date.parse(spell.from)), Math.min(x(plot.to), x(Date.parse(spell.to)))];
  const [before, after] = [from - plot.left, plot.width - plot.right - to];
  const isRight = after > 200 || after > before;
  const room = Math.max(110, Math.min(360, (isRight ? after : before) - 12));
  const side = isRight ? { left: to + 4 } : { right: plot.width - from + 4 };
  const long = (Date.parse(spell.to) - Date.parse(spell.from)) / 1000;
  return (
    <span
      className={`${HALO} grid text-muted ${isRight ? "" : "text-right"}`}
      style={{ ...side, top: STACK_TOP - 6, maxWidth: room }}
    >
      <b className="font-semibold">○ unmeasured {durationText(long)}</b>
      {narrow ? null : <span className="truncate">{spell.because}</span>}
    </span>
  );
}

const GAP = 16;

function SeriesLabels({
  series,
  last,
  y,
  left,
}: {
  series: readonly Series[];
  last: StackRow;
  y: (s: number) => number;
  left: number;
}) {
  let base = 0;
  const middles = series.map((_, index) => {
    const part = last.parts[index] ?? 0;
    base += part;
    return y(base - part / 2) - 8;
  });
  const tops = spread(middles, GAP, FLOOR - 10);
  return series.map((one, index) => (
    <span
      key={one.name}
      className="absolute inline-flex max-w-[124px] items-center gap-[6px] text-meta whitespace-nowrap text-muted"
      style={{ left, top: tops[index] }}
    >
      <i className={`size-2 flex-none rounded-[1px] ${SERIES_BACKGROUND[one.colour]}`} />
      <span className="truncate">{one.name}</span>
      <b className="font-semibold text-ink">{durationText(last.parts[index] ?? 0)}</b>
    </span>
  ));
}
