"use client";
import { Key } from "#components/ui/key.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { countText } from "#lib/display.ts";
import type { FeedList } from "#lib/views/feeds.ts";

/** The keys, how much of the list this is, and the way on. */
export function FeedsFooter({
  list,
  after,
  onPage,
}: {
  list: FeedList;
  after: string;
  onPage: (after: string) => void;
}) {
  const { next } = list;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-meta text-muted">
      <span className="flex flex-wrap gap-x-4 gap-y-1 narrow:hidden">
        <span>
          <Key>j</Key> <Key>k</Key> move
        </span>
        <span>
          <Key>↵</Key> open
        </span>
        <span>
          <Key>/</Key> filter
        </span>
        <span>
          <Key>⌘K</Key> jump
        </span>
      </span>
      <span className="ml-auto flex items-center gap-3 narrow:ml-0">
        {countText(list.items.length)} of {countText(list.matching)} · the address holds this view
        {after === "" ? null : (
          <button type="button" className={buttonClass("plain", "small")} onClick={() => onPage("")}>
            First page
          </button>
        )}
        {next === null ? null : (
          <button type="button" className={buttonClass("plain", "small")} onClick={() => onPage(next)}>
            Next page
          </button>
        )}
      </span>
    </div>
  );
}
