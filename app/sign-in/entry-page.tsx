/** The frame of the pages before the console: sign-in and first run. */
export function EntryPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string | null;
  children: React.ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-[360px] content-center gap-6 px-4 py-12">
      <p className="flex items-center gap-2 text-prose font-semibold tracking-tight">
        <svg viewBox="0 0 18 18" className="size-[18px]" aria-hidden="true">
          <path d="M1 4h5v4h5v6h6" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M1 16.5h16" stroke="currentColor" strokeWidth="1" opacity=".4" />
        </svg>
        Tidemark
      </p>
      <div className="grid gap-2">
        <h1 className="text-title font-semibold tracking-tight">{title}</h1>
        {lead === null ? null : <p className="text-prose text-muted">{lead}</p>}
      </div>
      {children}
    </main>
  );
}
