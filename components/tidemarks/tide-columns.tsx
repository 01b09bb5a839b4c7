"use client";
import { useHatches } from "#components/charts/hatch.tsx";
import { ColumnCaption } from "./column-caption.tsx";
import { ColumnHold } from "./column-hold.tsx";
import { columnsGeometry, type Geometry } from "./columns-geometry.ts";
import { PROOF_DASH } from "./proof.ts";
import { HLine, VLine } from "./svg-parts.tsx";
import type { Tide } from "./tide.ts";
import { TideGauge } from "./tide-gauge.tsx";
import { TideScale } from "./tide-scale.tsx";

/**
 * Hops left to right; depth is time. Each hop's line stands as deep as its tidemark is old, its hold hangs from the line
 * before, one bar a partition, and at the right the holds stand on one another to the age.
 */
export function TideColumns({ tide, width, say }: { tide: Tide; width: number; say: string }) {
  const hatches = useHatches();
  const { marks } = tide.depths;
  const g = columnsGeometry(width, marks.length, tide.scale);
  return (
    <svg
      width={g.width}
      height={g.height}
      viewBox={`0 0 ${g.width} ${g.height}`}
      role="img"
      aria-label={say}
      className="block"
    >
      {hatches.defs}
      <Water tide={tide} g={g} hatch={hatches.unmeasured} />
      <TideScale tide={tide} g={g} under />
      {marks.map((mark, k) => (
        <ColumnHold
          key={mark.hop.hop}
          mark={mark}
          column={g.columns[k] ?? { x: 0, width: 0 }}
          tide={tide}
          g={g}
          hatch={hatches.unmeasured}
        />
      ))}
      <Staircase tide={tide} g={g} />
      <TideScale tide={tide} g={g} />
      {marks.map((mark, k) => (
        <ColumnCaption
          key={mark.hop.hop}
          mark={mark}
          column={g.columns[k] ?? { x: 0, width: 0 }}
          tide={tide}
          g={g}
          first={k === 0}
        />
      ))}
      <TideGauge tide={tide} g={g} hatches={hatches} />
    </svg>
  );
}

/** What has passed each hop lies below its line. Of unknown depth: hatched. */
function Water({ tide, g, hatch }: { tide: Tide; g: Geometry; hatch: string }) {
  return (
    <>
      {tide.depths.marks.map(({ hop, top, at, beyondUnknown }, k) => {
        const { x, width } = g.columns[k] ?? { x: 0, width: 0 };
        const y = g.y(at ?? top);
        const height = Math.max(0, g.bottom - y);
        return (
          <g key={hop.hop}>
            {at === null ? null : (
              <rect x={x} y={y} width={width} height={height} className={beyondUnknown ? "fill-shoal" : "fill-water"} />
            )}
            {at === null || beyondUnknown ? (
              <rect x={x} y={y} width={width} height={height} fill={hatch} opacity={at === null ? 1 : 0.5} />
            ) : null}
          </g>
        );
      })}
    </>
  );
}

/** The lines themselves, in the style of their proof. */
function Staircase({ tide, g }: { tide: Tide; g: Geometry }) {
  const { marks } = tide.depths;
  return (
    <>
      {marks.slice(1).map((mark, k) => (
        <VLine key={mark.hop.hop} x={g.columns[k + 1]?.x ?? 0} y1={g.top - 6} y2={g.bottom} className="stroke-hair" />
      ))}
      <VLine x={g.end} y1={g.top - 6} y2={g.bottom} className="stroke-hair" />
      <HLine x1={g.axis} x2={g.end} y={g.bottom} className="stroke-hair" />
      {marks.map(({ hop, top, at, fault }, k) => {
        const { x, width } = g.columns[k] ?? { x: 0, width: 0 };
        if (at === null)
          return <HLine key={hop.hop} x1={x} x2={x + width} y={g.y(top)} className="stroke-ink" dash="1 3" />;
        return (
          <g key={hop.hop}>
            {k > 0 && at > top ? <VLine x={x} y1={g.y(top)} y2={g.y(at)} className="stroke-ink" /> : null}
            <HLine
              x1={x}
              x2={x + width}
              y={g.y(at)}
              className={fault ? "stroke-bad" : "stroke-ink"}
              width={2}
              dash={PROOF_DASH[hop.proof ?? "exact"]}
            />
          </g>
        );
      })}
    </>
  );
}
