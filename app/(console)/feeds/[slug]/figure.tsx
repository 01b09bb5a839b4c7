/** One large number: what it is, how it stands, why it is so, and one line that bounds it. */
export function Figure({
  label,
  status = null,
  why,
  meta,
  children,
}: {
  label: string;
  status?: React.ReactNode;
  why: React.ReactNode;
  meta: string;
  children: React.ReactNode;
}) {
  return (
    <div className="grid min-w-0 content-start gap-1 border-l px-4 pt-3 pb-[14px] first:border-l-0 narrow:border-t narrow:border-l-0 narrow:px-3 narrow:first:border-t-0">
      <div className="flex min-h-6 items-center gap-2">
        <span className="text-label font-medium whitespace-nowrap text-muted">{label}</span>
        {status}
        <span className="ml-auto">{why}</span>
      </div>
      <div className="flex min-w-0 flex-wrap items-baseline gap-2 text-figure font-semibold tracking-tight narrow:text-[24px]">
        {children}
      </div>
      <span className="text-meta text-muted">{meta}</span>
    </div>
  );
}
