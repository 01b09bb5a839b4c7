export function Tag({ children }: { children: React.ReactNode }) {
  return (
    <span className="inline-block rounded border border-hair px-[5px] text-label font-medium whitespace-nowrap text-muted">
      {children}
    </span>
  );
}
