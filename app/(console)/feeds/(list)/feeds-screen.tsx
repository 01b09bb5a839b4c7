"use client";
import { useQueryStates } from "nuqs";
import { Dimmed } from "#components/live/dimmed.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Empty } from "#components/ui/empty.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import type { FeedList } from "#lib/views/feeds.ts";
import { FeedsFilters } from "./feeds-filters.tsx";
import { FeedsFooter } from "./feeds-footer.tsx";
import { FeedsTable } from "./feeds-table.tsx";
import { NoFeedsYet } from "./no-feeds-yet.tsx";
import { feedListUrl, feedsParsers } from "./search-params.ts";

export function FeedsScreen({ seed, owners }: { seed: { url: string; data: FeedList; at: number }; owners: string[] }) {
  const [params, setParams] = useQueryStates(feedsParsers, { history: "replace" });
  const live = useLive<FeedList>(feedListUrl(params), seed);
  const list = live.data;
  const clear = () => void setParams({ q: "", state: [], tier: "", owner: "", after: "" });
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-title font-semibold tracking-tight">Feeds</h1>
        <p className="text-prose text-muted narrow:text-table">{list.sentence}</p>
      </div>
      {list.total === 0 ? (
        <NoFeedsYet />
      ) : (
        <>
          <FeedsFilters
            counts={list.counts}
            owners={owners}
            params={params}
            onChange={(next) => void setParams(next)}
          />
          <Dimmed when={live.failure !== null || live.loading}>
            <section className="panel" aria-label="Feeds" aria-busy={live.loading}>
              {list.items.length > 0 ? (
                <FeedsTable
                  items={list.items}
                  sort={params.sort}
                  onSort={(sort) => void setParams({ sort, after: "" })}
                />
              ) : (
                <Empty
                  title="No feed matches"
                  action={
                    <button type="button" className={buttonClass()} onClick={clear}>
                      Clear the filters
                    </button>
                  }
                >
                  <p>None of the {list.total} feeds passes all the filters above.</p>
                </Empty>
              )}
            </section>
            <FeedsFooter
              list={list}
              after={params.after}
              onPage={(after) => void setParams({ after }, { history: "push", scroll: true })}
            />
          </Dimmed>
        </>
      )}
    </>
  );
}
