"use client";
import Link from "next/link";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { FeedState } from "#components/feeds/feed-state.tsx";
import { useNow } from "#components/live/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { durationWords, whenExactly, whenText } from "#lib/display.ts";
import { feedPath } from "#lib/paths.ts";
import type { FeedRow } from "#lib/views/feeds.ts";

const CELL = "narrow:block narrow:h-auto! narrow:border-0! narrow:p-0!";

/** On narrow screens a row is two lines: name and age, then state, the hour and who holds it. */
export function FeedsRow({ item, onOpen }: { item: FeedRow; onOpen: () => void }) {
  return (
    <tr
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("a, button")) onOpen();
      }}
      className="group cursor-pointer focus-within:bg-accent-soft focus-within:shadow-[inset_2px_0_0_var(--accent)] hover:bg-canvas narrow:grid narrow:grid-cols-[auto_auto_minmax(0,1fr)_auto] narrow:items-center narrow:gap-x-2 narrow:gap-y-1 narrow:border-b narrow:border-hair-soft narrow:px-3 narrow:py-[10px]"
    >
      <td className={`${CELL} narrow:order-4`}>
        <FeedState state={item.state} />
      </td>
      <td className={`${CELL} narrow:order-1 narrow:col-span-3 narrow:truncate narrow:text-prose`}>
        <Link href={feedPath(item.slug)} data-row className="font-medium outline-offset-4 narrow:font-semibold">
          {item.name}
        </Link>
        {item.tier ? <span className="ml-2 text-meta text-muted narrow:hidden">{item.tier}</span> : null}
      </td>
      <td className={`num ${CELL} narrow:order-2`}>
        <Age item={item} />
        {item.objectiveSeconds === null ? null : (
          <span className="ml-1 text-muted wide:hidden">
            / <Duration seconds={item.objectiveSeconds} />
          </span>
        )}
      </td>
      <td className="num text-muted narrow:hidden">
        {item.objectiveSeconds === null ? (
          <span title={item.objectiveSecondsBecause}>none</span>
        ) : (
          <>
            / <Duration seconds={item.objectiveSeconds} />
          </>
        )}
      </td>
      <td className={`${CELL} narrow:order-5`}>
        <Sparkline values={item.lastHour} objective={item.objectiveSeconds} label={sparkWords(item)} />
      </td>
      <td className={`${CELL} truncate narrow:order-6 narrow:col-span-2`}>
        <HeldBy item={item} />
      </td>
      <td className="num text-muted narrow:hidden">
        <Since item={item} />
      </td>
    </tr>
  );
}

function Age({ item }: { item: FeedRow }) {
  const { ageSeconds, ageLowerSeconds } = item;
  if (ageSeconds !== null) {
    return (
      <span className={item.state === "late" ? "font-semibold" : ""}>
        <Duration seconds={ageSeconds} />
      </span>
    );
  }
  if (ageLowerSeconds !== null) {
    return (
      <span title={item.ageSecondsBecause} className={item.state === "late" ? "font-semibold" : ""}>
        <span className="font-normal text-muted">≥ </span>
        <Duration seconds={ageLowerSeconds} />
      </span>
    );
  }
  return (
    <span className="text-muted" title={item.ageSecondsBecause}>
      unknown
    </span>
  );
}

function HeldBy({ item }: { item: FeedRow }) {
  if (item.heldBy) {
    const { hop, owner, byCadence } = item.heldBy;
    return (
      <>
        <span className="mono font-semibold">{hop}</span> <span className="text-muted">{owner}</span>
        {byCadence ? <span className="text-muted"> by cadence</span> : null}
      </>
    );
  }
  if (item.state === "idle") return <span className="text-muted">nothing waiting</span>;
  if (item.state === "unmeasured") {
    return (
      <span className="text-muted" title={item.stateBecause}>
        {item.stateBecause}
      </span>
    );
  }
  const most = item.largestHold;
  return (
    <span className="text-muted">
      nobody
      {most === null ? null : (
        <>
          {" · most in "}
          <span className="mono">{most.hop}</span>
        </>
      )}
    </span>
  );
}

function Since({ item }: { item: FeedRow }) {
  const now = new Date(useNow()).toISOString();
  const since = item.heldBy?.since ?? (item.state === "silent" ? item.lastRecordAt : item.lateSince);
  if (since === null) return <span>—</span>;
  return (
    <time dateTime={since} title={whenExactly(since, now)}>
      {whenText(since, now)}
    </time>
  );
}

function sparkWords(item: FeedRow): string {
  const known = item.lastHour.filter((value) => value !== null);
  if (known.length === 0) return `${item.name}: no age was measured in the last hour`;
  const worst = durationWords(Math.max(...known));
  const objective = item.objectiveSeconds === null ? "" : `, objective ${durationWords(item.objectiveSeconds)}`;
  return `${item.name}: at worst ${worst} old in the last hour${objective}`;
}
