"use client";
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useState } from "react";
import { fetchLive } from "#components/live/fetch-live.ts";
import { Key } from "#components/ui/key.tsx";
import { apiFeedsPath } from "#lib/paths.ts";
import type { FeedList } from "#lib/views/feeds.ts";
import { jumpGroups, type JumpDoes, type JumpGroup, type JumpTarget } from "./jump-targets.ts";
import { chooseTheme } from "./use-theme.ts";

const MOST_FEEDS = 8;

/** ⌘K: jump to a feed or a page, or act, by keyboard alone. */
export function Jump() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-label="Jump to a feed, or act"
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-7 w-66 items-center gap-2 rounded border bg-surface px-2 text-table text-muted hover:border-control narrow:size-9 narrow:justify-center narrow:border-0 narrow:bg-transparent narrow:px-0"
      >
        <Search size={14} aria-hidden className="flex-none narrow:size-[18px]" />
        <span className="narrow:hidden">Jump to a feed, or act</span>
        <span className="ml-auto narrow:hidden">
          <Key>⌘K</Key>
        </span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-shade" />
        <Dialog.Popup
          aria-label="Jump to a feed, or act"
          className="fixed top-[12vh] left-1/2 z-30 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded border border-control bg-raised text-ink"
        >
          <JumpList onDone={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function JumpList({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const asked = useDeferredValue(typed.trim());
  const url = apiFeedsPath({ filter: asked, limit: MOST_FEEDS });
  const { data, error } = useQuery({
    queryKey: ["jump", url],
    queryFn: ({ signal }) => fetchLive<FeedList>(url, undefined, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const act = (does: JumpDoes) => {
    onDone();
    if ("go" in does) router.push(does.go);
    else if ("theme" in does) chooseTheme(does.theme);
    else document.querySelector<HTMLFormElement>(`form[data-act="${does.submit}"]`)?.requestSubmit();
  };
  return (
    <Autocomplete.Root
      open
      inline
      items={jumpGroups(typed, data)}
      filter={null}
      value={typed}
      onValueChange={(value, details) => {
        if (details.reason !== "item-press") setTyped(value);
      }}
      itemToStringValue={(target: JumpTarget) => target.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2 border-b px-4">
        <Search size={16} aria-hidden className="flex-none text-muted" />
        <Autocomplete.Input
          aria-label="Feed, page or act"
          placeholder="Feed, topic, owner, page or act"
          className="h-12 w-full bg-transparent text-prose outline-none"
        />
      </div>
      {error ? (
        <p className="border-b px-4 py-2 text-meta text-risk">Feeds cannot be searched now: {error.message}.</p>
      ) : null}
      <Autocomplete.Empty className="px-4 text-prose text-muted">
        <p className="py-6">Nothing is called that.</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="max-h-[min(420px,60vh)] overflow-auto py-2">
        {(group: JumpGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="px-4 py-1 text-label font-medium text-muted">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(target: JumpTarget) => (
                <Autocomplete.Item
                  key={target.id}
                  value={target}
                  onClick={() => act(target.does)}
                  className="flex h-8 cursor-pointer items-center gap-3 px-4 text-prose data-highlighted:bg-accent-soft narrow:h-10"
                >
                  <span className="min-w-0 flex-1 truncate">{target.label}</span>
                  <span className="text-meta text-muted">{target.hint}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <div className="flex gap-4 border-t px-4 py-2 text-meta text-muted narrow:hidden">
        <span>
          <Key>↑</Key> <Key>↓</Key> move
        </span>
        <span>
          <Key>↵</Key> go
        </span>
        <span>
          <Key>esc</Key> close
        </span>
      </div>
    </Autocomplete.Root>
  );
}
