const BASE =
  "inline-flex items-center justify-center gap-[6px] rounded border font-medium whitespace-nowrap disabled:cursor-not-allowed disabled:border-dashed disabled:text-muted narrow:min-h-9";

const KINDS = {
  plain: "border-control bg-surface text-ink hover:bg-sunken",
  primary: "border-accent bg-accent text-on-accent",
  quiet: "border-transparent text-muted hover:text-ink",
} as const;

const SIZES = { normal: "h-8 px-3 text-table", small: "h-6 px-2 text-meta" } as const;

/** What a button, or a link that looks like one, wears. */
export function buttonClass(kind: keyof typeof KINDS = "plain", size: keyof typeof SIZES = "normal"): string {
  return `${BASE} ${KINDS[kind]} ${SIZES[size]}`;
}
