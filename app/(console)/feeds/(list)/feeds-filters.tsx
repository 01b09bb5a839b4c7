"use client";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { STATE_TONE } from "#components/feeds/feed-state.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Key } from "#components/ui/key.tsx";
import { TIERS } from "#lib/domain/contract/feed-contract.ts";
import type { FeedStateName } from "#lib/domain/freshness/reading.ts";
import { Choice } from "./choice.tsx";
import type { FeedsParams } from "./search-params.ts";
import { isTyping } from "./is-typing.ts";

const STATES: readonly FeedStateName[] = ["late", "unmeasured", "silent", "fresh", "idle"];

export function FeedsFilters({
  counts,
  owners,
  params,
  onChange,
}: {
  counts: Readonly<Record<FeedStateName, number>>;
  owners: readonly string[];
  params: FeedsParams;
  onChange: (next: Partial<FeedsParams>) => void;
}) {
  const toggle = (state: FeedStateName) => {
    const on = params.state.includes(state);
    onChange({ state: on ? params.state.filter((one) => one !== state) : [...params.state, state], after: "" });
  };
  return (
    <div role="group" aria-label="Filters" className="flex flex-wrap items-center gap-2">
      <FindBox value={params.q} onChange={(q) => onChange({ q, after: "" })} />
      {STATES.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={params.state.includes(state)}
          onClick={() => toggle(state)}
          className="inline-flex h-8 items-center gap-[6px] rounded border bg-surface px-[10px] text-table font-medium aria-pressed:border-ink aria-pressed:shadow-[inset_0_0_0_1px_var(--ink)] narrow:h-9"
        >
          <Glyph name={STATE_TONE[state]} />
          {state} <span className="font-normal text-muted">{counts[state]}</span>
        </button>
      ))}
      <Choice label="tier" value={params.tier} options={TIERS} onChange={(tier) => onChange({ tier, after: "" })} />
      <Choice
        label="owner"
        value={params.owner}
        options={owners}
        onChange={(owner) => onChange({ owner, after: "" })}
      />
    </div>
  );
}

const SETTLE_MS = 200;

/** Typing filters after a moment's rest; `/` comes here from anywhere on the page. */
function FindBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  useEffect(() => () => clearTimeout(settling.current), []);
  const typed = (text: string) => {
    setDraft(text);
    clearTimeout(settling.current);
    settling.current = setTimeout(() => {
      onChange(text.trim());
      setDraft(null);
    }, SETTLE_MS);
  };
  return (
    <label className="flex h-8 w-70 items-center gap-2 rounded border border-control bg-surface px-2 text-muted focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent narrow:h-9 narrow:w-full">
      <Search size={14} aria-hidden className="flex-none" />
      <span className="sr-only">Filter feeds by name, topic or owner</span>
      <input
        ref={input}
        type="search"
        value={draft ?? value}
        onChange={(event) => typed(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        placeholder="Feed, topic, owner"
        aria-keyshortcuts="/"
        className="min-w-0 flex-1 bg-transparent text-table text-ink outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      <Key>/</Key>
    </label>
  );
}
