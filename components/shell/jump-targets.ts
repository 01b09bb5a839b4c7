import type { FeedList } from "#lib/views/feeds.ts";
import { feedPath, feedsPath } from "#lib/paths.ts";
import { THEMES, type Theme } from "./theme.ts";

export type JumpDoes = { go: string } | { theme: Theme } | { submit: string };

export interface JumpTarget {
  id: string;
  label: string;
  hint: string;
  does: JumpDoes;
}

export interface JumpGroup {
  value: string;
  items: JumpTarget[];
}

const PAGES: readonly JumpTarget[] = [
  { id: "page-feeds", label: "Feeds, worst first", hint: "page", does: { go: feedsPath() } },
  { id: "page-late", label: "Feeds that are late", hint: "page", does: { go: feedsPath({ state: "late" }) } },
  {
    id: "page-unmeasured",
    label: "Feeds that cannot be measured",
    hint: "page",
    does: { go: feedsPath({ state: "unmeasured" }) },
  },
];

const ACTS: readonly JumpTarget[] = [
  ...THEMES.map((theme): JumpTarget => {
    const label = theme === "system" ? "Theme: as the system" : `Theme: ${theme}`;
    return { id: `theme-${theme}`, label, hint: "act", does: { theme } };
  }),
  { id: "sign-out", label: "Sign out", hint: "act", does: { submit: "sign-out" } },
];

const has = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.toLowerCase().includes(word));

/** Feeds as the server found them for `typed`; pages and acts whose label has every word of it. */
export function jumpGroups(typed: string, found: FeedList | undefined): JumpGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const feeds = (found?.items ?? []).map((feed): JumpTarget => {
    return { id: `feed-${feed.slug}`, label: feed.name, hint: feed.state, does: { go: feedPath(feed.slug) } };
  });
  const groups = [
    { value: "Feeds", items: feeds },
    { value: "Pages", items: PAGES.filter((target) => has(target.label, words)) },
    { value: "Acts", items: ACTS.filter((target) => has(target.label, words)) },
  ];
  return groups.filter((group) => group.items.length > 0);
}
