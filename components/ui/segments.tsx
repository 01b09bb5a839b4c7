"use client";

/** A few choices of which one holds. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly T[];
  onChange: (next: T) => void;
}) {
  return (
    <span role="group" aria-label={label} className="inline-flex overflow-hidden rounded border border-control">
      {options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === value}
          onClick={() => onChange(option)}
          className="min-h-6 border-l border-hair bg-surface px-[10px] text-meta font-medium text-muted -outline-offset-2 first:border-l-0 aria-pressed:bg-ink aria-pressed:text-surface narrow:min-h-9 narrow:px-4"
        >
          {option}
        </button>
      ))}
    </span>
  );
}
