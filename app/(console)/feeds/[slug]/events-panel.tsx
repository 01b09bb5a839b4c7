"use client";
import { useNow } from "#components/live/clock.tsx";
import { Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { instantText, whenExactly } from "#lib/display.ts";
import type { FeedEvent } from "#lib/views/feed-overview.ts";

/** What happened to the feed, newest first. */
export function EventsPanel({ events }: { events: readonly FeedEvent[] }) {
  const now = new Date(useNow()).toISOString();
  return (
    <Panel title="What changed just before?" meta="newest first">
      {events.length === 0 ? (
        <p className="px-4 pb-4 text-prose text-muted narrow:px-3">Nothing has changed since this feed is measured.</p>
      ) : (
        <table className="data-table">
          <thead className="sr-only">
            <tr>
              <th scope="col">Time, UTC</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr key={event.id}>
                <td className="w-36 align-top whitespace-nowrap narrow:w-24">
                  <time dateTime={event.at} title={instantText(event.at)} className="mono">
                    {whenExactly(event.at, now)}
                  </time>
                </td>
                <td>
                  <span className="inline-flex items-baseline gap-2">
                    <span className="w-[10px] flex-none self-center">{toneOf(event.kind)}</span>
                    <span className="min-w-0 break-words">{event.text}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

const TONES: readonly { starts: string; tone: GlyphName }[] = [
  { starts: "state-late", tone: "bad" },
  { starts: "loss-", tone: "bad" },
  { starts: "state-silent", tone: "risk" },
  { starts: "state-unmeasured", tone: "unknown" },
  { starts: "state-fresh", tone: "ok" },
  { starts: "state-idle", tone: "quiet" },
];

function toneOf(kind: string): React.ReactNode {
  const found = TONES.find(({ starts }) => kind.startsWith(starts));
  return found ? <Glyph name={found.tone} /> : null;
}
