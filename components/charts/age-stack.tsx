"use client";
import { Area, ComposedChart, ReferenceArea, ReferenceDot, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { timeTicks } from "./time-ticks.ts";
import { SERIES_DASH, type Series } from "#components/charts/series-of.ts";
import { durationText, minuteText } from "#lib/display.ts";
import type { AgeSeries } from "#lib/views/age-series.ts";
import { AgeStackLabels } from "./age-stack-labels.tsx";
import { AgeStackTip } from "./age-stack-tip.tsx";
import { instantTicks, stackRows, type StackRow } from "./age-stack-data.ts";
import { STACK_FOOT, STACK_HEIGHT, STACK_TOP } from "./age-stack-size.ts";
import { useHatches } from "./hatch.tsx";

const LEFT = 52;
const LABELS = 132;

interface AgeStackProps {
  data: AgeSeries;
  series: readonly Series[];
  objective: number | null;
  lateSince: string | null;
  width: number;
  narrow: boolean;
  say: string;
}

/**
 * Age over time, stacked by hop, against the objective. A gap stays a gap and is hatched; no smoothing, no animation.
 * On wide screens each series is labelled at its right end.
 */
export function AgeStack({ data, series, objective, lateSince, width, narrow, say }: AgeStackProps) {
  const hatches = useHatches();
  const rows = stackRows(data, series);
  const [from, to] = [Date.parse(data.from), Math.max(Date.parse(data.to), rows.at(-1)?.at ?? 0)];
  const max = 1.16 * Math.max(10, objective ?? 0, ...rows.map((row) => row.age ?? 0));
  const right = narrow ? 8 : LABELS;
  const late = lateSince === null ? null : Date.parse(lateSince);
  return (
    <div role="img" aria-label={say} className="relative [&_*]:outline-none">
      <ComposedChart
        width={width}
        height={STACK_HEIGHT}
        data={rows}
        margin={{ top: STACK_TOP, right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        {hatches.defs}
        <XAxis
          dataKey="at"
          type="number"
          domain={[from, to]}
          ticks={instantTicks(from, to, narrow ? 4 : 8)}
          tickFormatter={(at: number) => minuteText(new Date(at).toISOString())}
          height={STACK_FOOT}
          tick={{ fontSize: 11, fill: "var(--muted)" }}
          tickLine={{ stroke: "var(--hair)" }}
          axisLine={{ stroke: "var(--hair)" }}
          interval={0}
        />
        <YAxis
          domain={[0, max]}
          ticks={[0, ...timeTicks(max, 6)]}
          tickFormatter={(seconds: number) => (seconds === 0 ? "0" : durationText(seconds).replace(" ", "\u00a0"))}
          width={LEFT}
          tick={{ fontSize: 11, fill: "var(--muted)" }}
          tickLine={false}
          axisLine={false}
          interval={0}
        />
        {timeTicks(max, 6).map((seconds) => (
          <ReferenceLine key={seconds} y={seconds} stroke="var(--hair-soft)" />
        ))}
        {data.unmeasured.map((spell) => (
          <ReferenceArea
            key={spell.from}
            x1={Date.parse(spell.from)}
            x2={Math.min(to, Date.parse(spell.to))}
            fill={hatches.unmeasured}
            fillOpacity={1}
            stroke="var(--hair)"
            ifOverflow="hidden"
          />
        ))}
        {series.map((one, index) => (
          <Area
            key={one.name}
            name={one.name}
            type="linear"
            stackId="age"
            dataKey={(row: StackRow) => row.parts[index] ?? null}
            stroke={`var(--series-${one.colour})`}
            strokeDasharray={SERIES_DASH[one.colour]}
            strokeWidth={1.5}
            fill={`var(--series-${one.colour})`}
            fillOpacity={0.22}
            isAnimationActive={false}
            connectNulls={false}
            dot={false}
            activeDot={false}
          />
        ))}
        {objective === null ? null : (
          <ReferenceLine y={objective} stroke="var(--ink)" strokeDasharray="5 3" ifOverflow="hidden" />
        )}
        {late === null || objective === null || late < from ? null : (
          <ReferenceDot x={late} y={objective} shape={LateMark} ifOverflow="visible" />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--control)", strokeWidth: 1 }}
          content={({ active, payload }) => (
            <AgeStackTip row={active ? (payload[0]?.payload as StackRow | undefined) : undefined} series={series} />
          )}
        />
      </ComposedChart>
      <AgeStackLabels
        data={data}
        series={series}
        last={rows.at(-1)}
        objective={objective}
        late={late}
        plot={{ left: LEFT, right, width, from, to, max }}
        narrow={narrow}
      />
    </div>
  );
}

function LateMark({ cx = 0, cy = 0 }: { cx?: number; cy?: number }) {
  return <path d={`M${cx} ${cy - 5}L${cx + 5} ${cy}L${cx} ${cy + 5}L${cx - 5} ${cy}Z`} fill="var(--bad)" />;
}
