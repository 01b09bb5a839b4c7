import { Glyph, type GlyphName } from "./glyph.tsx";

/** Ink weight first, shape second, hue third; always a glyph and a word. */
const CLOTHES: Readonly<Record<GlyphName, string>> = {
  ok: "text-ink font-medium",
  quiet: "text-muted font-medium",
  risk: "rounded bg-risk-soft px-[6px] py-[2px] font-semibold text-risk",
  bad: "rounded bg-bad px-[6px] py-[2px] font-semibold text-on-bad",
  unknown: "rounded border border-dashed border-control px-[6px] py-px font-medium text-muted",
};

const BOXED: readonly GlyphName[] = ["risk", "bad", "unknown"];

export function Status({ tone, children }: { tone: GlyphName; children: React.ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1 text-meta whitespace-nowrap ${CLOTHES[tone]}`}>
      <Glyph name={tone} inherit={BOXED.includes(tone)} />
      {children}
    </span>
  );
}
