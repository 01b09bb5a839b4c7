/** A key of the keyboard. */
export function Key({ children }: { children: React.ReactNode }) {
  return (
    <kbd className="rounded-[3px] border border-hair bg-surface px-1 font-sans text-label font-medium text-muted">
      {children}
    </kbd>
  );
}
