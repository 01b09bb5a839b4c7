"use client";
import { createContext, useContext, useSyncExternalStore } from "react";

const ServerClock = createContext(0);

/** Gives the time of the server's render, so that the first paint in the browser is the same. */
export function ClockProvider({ serverNow, children }: { serverNow: number; children: React.ReactNode }) {
  return <ServerClock value={serverNow}>{children}</ServerClock>;
}

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, 1000);
  return () => clearInterval(timer);
}

const wholeSecond = (): number => Math.floor(Date.now() / 1000) * 1000;

/** Now, in whole seconds, ticking once a second. */
export function useNow(): number {
  const serverNow = useContext(ServerClock);
  return useSyncExternalStore(subscribe, wholeSecond, () => serverNow);
}
