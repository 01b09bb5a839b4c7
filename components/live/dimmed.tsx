"use client";

/** Dims what could not be refreshed: it is shown, and shown as old. The top bar says how old and why. */
export function Dimmed({ when, children }: { when: boolean; children: React.ReactNode }) {
  return (
    <div
      data-stale={when || undefined}
      className="grid grid-cols-[minmax(0,1fr)] gap-4 data-stale:opacity-60 narrow:gap-3"
    >
      {children}
    </div>
  );
}
