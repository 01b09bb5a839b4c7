import {
  insertMinutes,
  listLossMinutes,
  listReadingsBetween,
  listUnsealed,
  type SealedMinute,
  type UnsealedFeed,
} from "#lib/db/evaluation/seal-minutes.ts";
import { judgeMinute } from "#lib/domain/freshness/minutes.ts";

const MINUTE = 60_000;
/** A minute waits this long for its last samples. */
const GRACE_MS = 15_000;
/** Without any evaluation past it, a minute is sealed as what it is: unmeasured. */
const PATIENCE_MS = 120_000;
const MOST_FEEDS = 2_000;
const MOST_MINUTES = 240;

/** Up to here nothing was left to seal when this process last looked: it asks again when another minute has passed. */
let nothingLeftUntil = 0;

/** Judges every whole minute that has had its samples. Running it twice changes nothing. */
export async function sealMinutes(now: Date, samplingMs: number): Promise<{ sealed: number }> {
  const until = floorMinute(now.getTime() - GRACE_MS);
  if (until <= nothingLeftUntil) return { sealed: 0 };
  let sealed = 0;
  // Feeds that go on from the same minute are read together: in steady running, all of them.
  const unsealed = await listUnsealed(new Date(until), MOST_FEEDS);
  if (unsealed.length === 0) nothingLeftUntil = until;
  for (const [from, group] of Map.groupBy(unsealed, (feed) => feed.from.getTime())) {
    const to = Math.min(until, from + MOST_MINUTES * MINUTE);
    const minutes = await judge(group, from, to, now, samplingMs);
    await insertMinutes(minutes);
    sealed += minutes.length;
  }
  return { sealed };
}

async function judge(feeds: UnsealedFeed[], from: number, to: number, now: Date, samplingMs: number) {
  const ids = feeds.map((feed) => feed.feedId);
  const readings = await listReadingsBetween(ids, new Date(from), new Date(to));
  const losses = await listLossMinutes(ids, new Date(from), new Date(to));
  const byMinute = Map.groupBy(readings, (row) => `${row.feedId}/${floorMinute(row.tick.getTime())}`);
  const minutes: SealedMinute[] = [];
  for (const feed of feeds) {
    for (let minute = from; minute < to; minute += MINUTE) {
      const complete = feed.evaluatedTo.getTime() >= minute + MINUTE - samplingMs;
      if (!complete && now.getTime() - minute - MINUTE < PATIENCE_MS) break;
      const key = `${feed.feedId}/${minute}`;
      const inside = (byMinute.get(key) ?? []).map((row) => row.reading);
      const judged = judgeMinute(minute, inside, samplingMs, losses.has(key));
      const contractVersion = inside.at(-1)?.contractVersion ?? feed.contractVersion;
      minutes.push({ ...judged, feedId: feed.feedId, minute: new Date(minute), contractVersion });
    }
  }
  return minutes;
}

const floorMinute = (at: number) => Math.floor(at / MINUTE) * MINUTE;
