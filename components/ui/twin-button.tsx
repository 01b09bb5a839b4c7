"use client";

/** Every chart has a table beside it: this turns one into the other. */
export function TwinButton({ on, onToggle, of }: { on: boolean; onToggle: () => void; of: string }) {
  return (
    <button
      type="button"
      className="quiet-button"
      aria-pressed={on}
      aria-label={`${of}, as a table`}
      onClick={onToggle}
    >
      {on ? "as a picture" : "as a table"}
    </button>
  );
}
