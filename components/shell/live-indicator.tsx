"use client";
import { useNow } from "#components/live/clock.tsx";
import { useLiveStatus } from "#components/live/live-status.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { agoText } from "#lib/display.ts";

/** "updated 4 s ago"; when the page could not be refreshed, since when and why. Nothing on a page that is not live. */
export function LiveIndicator() {
  const status = useLiveStatus();
  const now = useNow();
  if (status === null) return null;
  const ago = agoText(now - status.updatedAt);
  if (status.failure === null) {
    return (
      <span className="inline-flex items-center gap-[6px] text-meta whitespace-nowrap text-muted">
        <span className="size-[6px] rounded-full bg-ok" aria-hidden="true" />
        updated {ago}
      </span>
    );
  }
  return (
    <span
      role="status"
      className="inline-flex items-center gap-[6px] text-meta font-medium text-risk"
      title={status.failure}
    >
      <Glyph name="risk" />
      <span>
        as of {ago}
        <span className="narrow:sr-only"> · {status.failure}</span>
      </span>
    </span>
  );
}
