import { feedsPath } from "#lib/paths.ts";

/** The sections of the console, in order. One without an address is not built yet, and is shown so. */
export const SECTIONS: readonly { name: string; href: string | null }[] = [
  { name: "Feeds", href: feedsPath() },
  { name: "Ownership", href: null },
  { name: "Reviews", href: null },
  { name: "Alerts", href: null },
  { name: "Clusters", href: null },
  { name: "Audit", href: null },
  { name: "Settings", href: null },
];
