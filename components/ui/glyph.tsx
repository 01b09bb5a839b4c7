/** The five shapes of a status. Shape comes before hue: each is told apart without colour. */
export type GlyphName = "ok" | "risk" | "bad" | "unknown" | "quiet";

const SHAPES: Readonly<Record<GlyphName, React.ReactNode>> = {
  ok: <path d="M1.5 5.5 4 8l4.5-6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  risk: <path d="M5 .8 9.6 9.2H.4z" fill="currentColor" />,
  bad: <path d="M5 0l5 5-5 5-5-5z" fill="currentColor" />,
  unknown: <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray="2.2 1.6" />,
  quiet: <path d="M1 5h8" stroke="currentColor" strokeWidth="1.4" />,
};

const COLOURS: Readonly<Record<GlyphName, string>> = {
  ok: "text-ok",
  risk: "text-risk",
  bad: "text-bad",
  unknown: "text-muted",
  quiet: "text-muted",
};

export function Glyph({ name, inherit = false }: { name: GlyphName; inherit?: boolean }) {
  return (
    <svg
      viewBox="0 0 10 10"
      aria-hidden="true"
      className={`block size-[10px] flex-none ${inherit ? "" : COLOURS[name]}`}
    >
      {SHAPES[name]}
    </svg>
  );
}
