/** An empty state: what is so, why, and what to do. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children: React.ReactNode;
  action?: React.ReactNode;
}) {
  return (
    <div className="grid max-w-[560px] justify-items-start gap-2 px-4 py-12 wide:px-6">
      <h2 className="text-section font-semibold">{title}</h2>
      <div className="grid gap-2 text-prose text-muted">{children}</div>
      {action ? <div className="mt-2 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
