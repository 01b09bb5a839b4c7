import { Status } from "#components/ui/status.tsx";
import type { GlyphName } from "#components/ui/glyph.tsx";
import type { Trouble } from "#lib/views/trouble.ts";

const TONE: Readonly<Record<Trouble["level"], GlyphName>> = { late: "bad", unmeasured: "unknown", silent: "risk" };
const EDGE: Readonly<Record<Trouble["level"], string>> = {
  late: "border-bad",
  unmeasured: "border-control border-dashed",
  silent: "border-risk",
};

/** The one loud thing on a feed's page. */
export function TroubleBanner({ trouble }: { trouble: Trouble }) {
  return (
    <section
      aria-label="What is wrong"
      className={`grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 rounded border border-l-4 bg-surface px-3 py-[10px] narrow:grid-cols-[minmax(0,1fr)] narrow:justify-items-start ${EDGE[trouble.level]}`}
    >
      <Status tone={TONE[trouble.level]}>{trouble.level}</Status>
      <p className="text-prose break-words">
        <b className="font-semibold">{trouble.headline}</b> <span className="text-muted">{trouble.detail}</span>
        {trouble.owner === null ? null : (
          <span className="text-muted">
            {trouble.level === "unmeasured" ? " The hop is " : " It is "}
            <b className="font-semibold text-ink">{trouble.owner}</b>
            {trouble.level === "unmeasured" ? "’s." : "’s to repair."}
          </span>
        )}
      </p>
    </section>
  );
}
