import type { FeedOverview } from "#lib/views/feed-overview.ts";
import { depthsOf, type Depths } from "./depths.ts";
import { foldQuietTopics } from "./fold-quiet-topics.ts";
import { seriesOf, type Series } from "#components/charts/series-of.ts";

/** All that the tidemark picture draws, whichever way it is turned. */
export interface Tide {
  depths: Depths;
  objective: number | null;
  series: Series[];
  usual: Readonly<Record<string, number>>;
  paces: Readonly<Record<string, number>>;
  /** A hop at fault that catches up: what it held before. */
  earlier: FeedOverview["earlier"];
  /** Idle and silent: when the last record came, and how long the contract lets it be. */
  lastRecord: { secondsAgo: number; silent: boolean } | null;
  maxSilence: number | null;
  /** Hop → what was lost there. */
  losses: ReadonlyMap<string, string>;
  /** Seconds at the bottom of the scale. */
  scale: number;
  state: FeedOverview["now"]["state"];
}

export function tideOf(feed: FeedOverview): Tide {
  const { now } = feed;
  const depths = depthsOf(
    foldQuietTopics(now.hops),
    now.heldBy && !now.heldBy.byCadence && now.state !== "silent" ? now.heldBy.hop : null,
  );
  const still = now.state === "idle" || now.state === "silent";
  const secondsAgo =
    now.lastRecordAt === null || now.measuredAt === null
      ? 0
      : Math.max(0, (Date.parse(now.measuredAt) - Date.parse(now.lastRecordAt)) / 1000);
  const lastRecord = still && secondsAgo > 0 ? { secondsAgo, silent: now.state === "silent" } : null;
  const maxSilence = still ? (feed.contract?.maxSilenceSeconds ?? null) : null;
  const objective = still ? null : now.objectiveSeconds;
  const deepest = Math.max(
    depths.age,
    catchingUpFrom(feed, depths),
    objective ?? 0,
    lastRecord?.secondsAgo ?? 0,
    maxSilence ?? 0,
    10,
  );
  return {
    depths,
    objective,
    series: seriesOf(now.hops.map((hop) => ({ hop: hop.hop, kind: hop.kind, total: heldIn(feed, hop.hop) }))),
    usual: feed.usualHolds,
    paces: feed.paces,
    earlier: feed.earlier,
    lastRecord,
    maxSilence,
    losses: new Map(
      feed.events.flatMap((event) => (event.kind.startsWith("loss-") && event.hop ? [[event.hop, event.text]] : [])),
    ),
    scale: deepest * 1.16,
    state: now.state,
  };
}

/** What a hop held over all that the page shows, so that both pictures tell the same hops apart. */
function heldIn(feed: FeedOverview, hop: string): number {
  return feed.series.points.reduce((sum, point) => sum + (point.holds[hop] ?? 0), 0);
}

/** Catching up is worth an arrow from this pace on. */
export const CATCHING_UP = 1.05;

function catchingUpFrom({ earlier, paces }: FeedOverview, { marks }: Depths): number {
  const fault = marks.find((mark) => mark.fault);
  if (!fault || !earlier || (paces[fault.hop.hop] ?? 0) < CATCHING_UP) return 0;
  return fault.top + (earlier.holds[fault.hop.hop] ?? 0);
}
