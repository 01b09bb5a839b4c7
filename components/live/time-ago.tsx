"use client";
import { agoText, instantText } from "#lib/display.ts";
import { useNow } from "./clock.tsx";

/** `4 s ago`, going on by itself, with the instant on hover. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={instantText(at)} className="whitespace-nowrap">
      {agoText(now - Date.parse(at))}
    </time>
  );
}
