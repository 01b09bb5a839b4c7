"use client";
import { useSyncExternalStore } from "react";

/** When the page's data was last known to be current, and what is wrong now, if anything. */
export interface LiveStatus {
  updatedAt: number;
  failure: string | null;
}

let current: LiveStatus | null = null;
const listeners = new Set<() => void>();

/** The page on screen says how live it is; the top bar shows it. Null when the page is not live. */
export function reportLive(status: LiveStatus | null): void {
  if (status?.updatedAt === current?.updatedAt && status?.failure === current?.failure) return;
  current = status;
  for (const changed of listeners) changed();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function useLiveStatus(): LiveStatus | null {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
}
