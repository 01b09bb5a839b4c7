"use client";
import { createContext, useContext } from "react";
import type { AccountView } from "./account.tsx";
import type { Theme } from "./theme.ts";

interface ConsoleView {
  account: AccountView;
  theme: Theme;
}

const Console = createContext<ConsoleView | null>(null);

/** What every page's top bar needs of the signed-in shell. */
export function ConsoleProvider({ view, children }: { view: ConsoleView; children: React.ReactNode }) {
  return <Console value={view}>{children}</Console>;
}

export function useConsole(): ConsoleView {
  const view = useContext(Console);
  if (view === null) throw new Error("useConsole is for pages inside the console");
  return view;
}
