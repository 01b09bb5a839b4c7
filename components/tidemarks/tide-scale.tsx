import { durationText } from "#lib/display.ts";
import type { Geometry } from "./columns-geometry.ts";
import { timeTicks } from "#components/charts/time-ticks.ts";
import { Diamond, HLine } from "./svg-parts.tsx";
import type { Tide } from "./tide.ts";

/** The scale: now at the top, time going down. `under` draws what lies below the bars, else what lies above. */
export function TideScale({ tide, g, under = false }: { tide: Tide; g: Geometry; under?: boolean }) {
  return under ? <Ticks tide={tide} g={g} /> : <Levels tide={tide} g={g} />;
}

function Ticks({ tide, g }: { tide: Tide; g: Geometry }) {
  const taken = [tide.objective].flatMap((seconds) => (seconds === null ? [] : [g.y(seconds)]));
  return (
    <>
      {timeTicks(tide.scale * 0.97, 7).map((seconds) => {
        const y = g.y(seconds);
        const free = taken.every((other) => Math.abs(other - y) > 12);
        return (
          <g key={seconds}>
            <HLine x1={g.axis} x2={g.end + 8} y={y} className="stroke-hair-soft" />
            {free ? (
              <text x={g.axis - 8} y={y + 4} textAnchor="end" className="fill-muted text-label">
                −{durationText(seconds)}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
}

function Levels({ tide, g }: { tide: Tide; g: Geometry }) {
  const { objective } = tide;
  return (
    <>
      <HLine x1={g.axis} x2={g.end + 8} y={g.y(0)} className="stroke-ink" />
      <text x={g.axis - 8} y={g.y(0) + 4} textAnchor="end" className="fill-ink text-label font-semibold">
        now
      </text>
      <Silence tide={tide} g={g} />
      {objective === null ? null : (
        <>
          <path d={`M${g.axis} ${g.y(objective)}H${g.end + 52}`} className="objective-line" />
          <text x={g.axis - 8} y={g.y(objective) + 4} textAnchor="end" className="fill-ink text-label font-semibold">
            −{durationText(objective)}
          </text>
          <text
            x={g.axis + 8}
            y={g.y(objective) + (g.y(objective) - g.top > 26 ? -5 : 13)}
            className="halo-water fill-ink text-label"
          >
            objective
          </text>
        </>
      )}
    </>
  );
}

/** When the last record came, and how long the contract lets the source be silent. */
function Silence({ tide, g }: { tide: Tide; g: Geometry }) {
  const { lastRecord, maxSilence } = tide;
  return (
    <>
      {maxSilence === null ? null : (
        <>
          <HLine x1={g.axis} x2={g.end + 8} y={g.y(maxSilence)} className="stroke-risk" dash="5 3" />
          <text
            x={g.end - 8}
            y={g.y(maxSilence) - 5}
            textAnchor="end"
            className="halo-water fill-risk text-label font-semibold"
          >
            longest silence allowed {durationText(maxSilence)}
          </text>
        </>
      )}
      {lastRecord === null ? null : (
        <>
          <HLine x1={g.axis} x2={g.end} y={g.y(lastRecord.secondsAgo)} className="stroke-ink" width={1.5} dash="1 3" />
          <Diamond
            x={g.axis + 8}
            y={g.y(lastRecord.secondsAgo)}
            r={3.5}
            className={lastRecord.silent ? "fill-risk" : "fill-ink"}
          />
          <text
            x={g.axis + 8}
            y={g.y(lastRecord.secondsAgo) + (g.bottom - g.y(lastRecord.secondsAgo) > 20 ? 16 : -8)}
            className={`halo-water text-label ${lastRecord.silent ? "fill-risk font-semibold" : "fill-muted"}`}
          >
            {lastRecord.silent ? "silent for " : "last record "}
            {durationText(lastRecord.secondsAgo)}
            {lastRecord.silent ? "" : " ago"}
          </text>
        </>
      )}
    </>
  );
}
