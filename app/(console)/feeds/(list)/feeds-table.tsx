"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { feedPath } from "#lib/paths.ts";
import type { FeedRow } from "#lib/views/feeds.ts";
import { FeedsRow } from "./feeds-row.tsx";
import { isTyping } from "./is-typing.ts";
import type { FeedsParams } from "./search-params.ts";

type Sort = FeedsParams["sort"];

/** Rows are reached by j and k, or by tab; enter opens the one in focus. */
export function FeedsTable({
  items,
  sort,
  onSort,
}: {
  items: readonly FeedRow[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const router = useRouter();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step === 0) return;
      const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>("a[data-row]") ?? [])];
      const at = links.findIndex((link) => link === document.activeElement);
      links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <table className="data-table narrow:block">
      <thead className="narrow:sr-only">
        <tr>
          <th scope="col">State</th>
          <SortHeader sort="name" current={sort} onSort={onSort} label="Feed" dir="ascending" />
          <SortHeader sort="age" current={sort} onSort={onSort} label="Age" dir="descending" number />
          <SortHeader sort="objective" current={sort} onSort={onSort} label="Objective" dir="ascending" number />
          <th scope="col">Last hour</th>
          <th scope="col">Held by</th>
          <th scope="col" className="num">
            Since
          </th>
        </tr>
      </thead>
      <tbody ref={body} className="narrow:block">
        {items.map((item) => (
          <FeedsRow key={item.slug} item={item} onOpen={() => router.push(feedPath(item.slug))} />
        ))}
      </tbody>
    </table>
  );
}

/** A column that sorts; pressed again, back to worst first. */
function SortHeader({
  sort,
  current,
  onSort,
  label,
  dir,
  number = false,
}: {
  sort: Sort;
  current: Sort;
  onSort: (sort: Sort) => void;
  label: string;
  dir: "ascending" | "descending";
  number?: boolean;
}) {
  const on = sort === current;
  return (
    <th scope="col" aria-sort={on ? dir : undefined} className={number ? "num" : ""}>
      <button
        type="button"
        onClick={() => onSort(on ? "worst" : sort)}
        className="-my-1 inline-flex min-h-6 items-center gap-1 hover:text-ink"
      >
        <span className={on ? "text-ink" : ""}>{label}</span>
        {on ? <span aria-hidden="true">{dir === "ascending" ? "↑" : "↓"}</span> : null}
        {sort === "name" && current === "worst" ? <span className="font-normal">worst first</span> : null}
      </button>
    </th>
  );
}
