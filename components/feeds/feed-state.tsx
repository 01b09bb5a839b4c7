import type { GlyphName } from "#components/ui/glyph.tsx";
import { Status } from "#components/ui/status.tsx";
import type { FeedStateName } from "#lib/domain/freshness/reading.ts";

export const STATE_TONE: Readonly<Record<FeedStateName, GlyphName>> = {
  late: "bad",
  unmeasured: "unknown",
  silent: "risk",
  idle: "quiet",
  fresh: "ok",
};

export function FeedState({ state }: { state: FeedStateName }) {
  return <Status tone={STATE_TONE[state]}>{state}</Status>;
}
