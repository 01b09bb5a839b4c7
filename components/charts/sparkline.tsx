"use client";
import { runsOf, type Run } from "./runs.ts";
import { useHatches } from "./hatch.tsx";

const WIDTH = 96;
const HEIGHT = 20;

/**
 * Age over the last hour against the objective: seconds, oldest first, null where unmeasured. What was before the first
 * measurement is left blank; a gap after it is hatched.
 */
export function Sparkline({
  values,
  objective,
  label,
}: {
  values: readonly (number | null)[];
  objective: number | null;
  label: string;
}) {
  const hatches = useHatches();
  const first = values.findIndex((value) => value !== null);
  const top = 1.05 * Math.max(1, (objective ?? 0) * 1.25, ...values.map((value) => value ?? 0));
  const x = (index: number) => 1 + ((WIDTH - 4) * index) / Math.max(1, values.length - 1);
  const y = (seconds: number) => HEIGHT - 2 - ((HEIGHT - 4) * seconds) / top;
  const path = ({ from, to }: Run) =>
    "M" +
    values
      .slice(from, to + 1)
      .map((value, offset) => `${x(from + offset).toFixed(1)} ${y(value ?? 0).toFixed(1)}`)
      .join("L");
  const isOver = (index: number) => objective !== null && (values[index] ?? 0) > objective;
  const gaps = first < 0 ? [] : runsOf(values.length, (index) => index > first && values[index] === null);
  const last = values.at(-1) ?? null;
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      className="block"
    >
      {hatches.defs}
      {objective === null ? null : (
        <path
          d={`M0 ${y(objective)}H${WIDTH}`}
          className="stroke-control"
          strokeDasharray="2 2"
          shapeRendering="crispEdges"
        />
      )}
      {gaps.map((gap) => (
        <rect
          key={gap.from}
          x={x(gap.from - 1)}
          y={2}
          width={Math.max(4, x(Math.min(gap.to + 1, values.length - 1)) - x(gap.from - 1))}
          height={HEIGHT - 4}
          fill={hatches.unmeasured}
        />
      ))}
      {runsOf(values.length, (index) => values[index] !== null).map((run) => (
        <path key={run.from} d={path(run)} fill="none" className="stroke-muted" strokeWidth="1.25" />
      ))}
      {runsOf(values.length, isOver).map((run) => (
        <path key={run.from} d={path(run)} fill="none" className="stroke-bad" strokeWidth="1.75" />
      ))}
      {last === null ? null : (
        <circle
          cx={x(values.length - 1)}
          cy={y(last)}
          r="2"
          className={isOver(values.length - 1) ? "fill-bad" : "fill-ink"}
        />
      )}
    </svg>
  );
}
