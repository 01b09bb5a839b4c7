import type { Actor } from "#lib/auth/actor.ts";
import { listFeedMinutes, type MinuteRow } from "#lib/db/evaluation/read-feed-minutes.ts";
import { listFeedReadingPoints } from "#lib/db/evaluation/read-feed-readings.ts";
import { samplingIntervalSeconds, staleBefore } from "#lib/db/evaluation/stale-after.ts";
import { ServiceError } from "#lib/errors.ts";
import { ageSeries, pointOfMinute, pointOfReading, type AgeSeries } from "./age-series.ts";
import { explained, secondsOrNull, type Explained } from "./explained.ts";
import { feedNow, type FeedNow } from "./feed-now.ts";
import { getFeedSeenBy, objectiveMsOf } from "./get-feed.ts";

interface MinuteFields {
  minute: string;
  verdict: string;
  worstAgeSeconds: number | null;
  dominantHop: string | null;
  contractVersion: number;
  samples: number;
  origin: string;
}

export type FreshnessMinute = Explained<MinuteFields, "worstAgeSeconds" | "dominantHop">;

export interface FeedFreshness {
  now: FeedNow;
  minutes: FreshnessMinute[];
  /** Age over the same range in steps of `stepSeconds`, by hop, gaps kept. */
  series: AgeSeries;
}

/** As the query string gives them: RFC 3339 instants, and the step in seconds. */
export interface FreshnessParameters {
  from?: string | undefined;
  to?: string | undefined;
  step?: string | number | undefined;
}

export interface FreshnessRange {
  from: Date;
  to: Date;
  stepSeconds: number;
}

const MINUTE_SECONDS = 60;
const DEFAULT_SECONDS = 3 * 3600;
const MOST_POINTS = 1500;

/** `GET /api/v1/feeds/{slug}/freshness`: how old the feed is now, hop by hop, and its minutes in a range. */
export async function feedFreshness(
  actor: Actor,
  slug: string,
  parameters: FreshnessParameters,
  now = new Date(),
): Promise<FeedFreshness> {
  const range = parseFreshnessRange(parameters, now);
  const feed = await getFeedSeenBy(actor, slug);
  const current = feedNow(feed.reading, objectiveMsOf(feed), staleBefore(now));
  const minuteStep = Math.max(MINUTE_SECONDS, range.stepSeconds);
  const [minutes, series] = await Promise.all([
    listFeedMinutes(feed.id, range.from, range.to, minuteStep),
    readAgeSeries(feed.id, range, current, now),
  ]);
  return { now: current, minutes: minutes.map(freshnessMinute), series };
}

/** Steps under a minute come from the readings themselves, longer ones from the closed minutes. */
export async function readAgeSeries(
  feedId: string,
  range: FreshnessRange,
  current: FeedNow,
  now: Date,
): Promise<AgeSeries> {
  const { from, to, stepSeconds } = range;
  const untilNow = now.getTime() - to.getTime() < 2 * stepSeconds * 1000;
  const known =
    stepSeconds < MINUTE_SECONDS
      ? (await listFeedReadingPoints(feedId, from, to, stepSeconds)).map(pointOfReading)
      : (await listFeedMinutes(feedId, from, to, stepSeconds)).map(pointOfMinute);
  return ageSeries(known, from, to, stepSeconds, untilNow ? current : null);
}

/** Checks the range and aligns it to its step, so that the same question has the same answer for a whole step. */
export function parseFreshnessRange(parameters: FreshnessParameters, now: Date): FreshnessRange {
  const stepSeconds = parseStep(parameters.step);
  const stepMs = stepSeconds * 1000;
  const to = parseInstant("to", parameters.to) ?? now;
  const from = parseInstant("from", parameters.from) ?? new Date(to.getTime() - DEFAULT_SECONDS * 1000);
  const aligned = {
    from: new Date(Math.floor(from.getTime() / stepMs) * stepMs),
    to: new Date(Math.ceil(to.getTime() / stepMs) * stepMs),
    stepSeconds,
  };
  const points = (aligned.to.getTime() - aligned.from.getTime()) / stepMs;
  if (points <= 0) throw wrong("from", "from must be before to.");
  if (points > MOST_POINTS) {
    const least = Math.ceil((points * stepSeconds) / MOST_POINTS / MINUTE_SECONDS) * MINUTE_SECONDS;
    throw wrong(
      "step",
      `That would be ${points} points; ${MOST_POINTS} are the most. Use a step of ${least} or a shorter range.`,
    );
  }
  return aligned;
}

function parseStep(given: string | number | undefined): number {
  if (given === undefined || given === "") return MINUTE_SECONDS;
  const step = Number(given);
  const least = samplingIntervalSeconds();
  const whole = Number.isInteger(step) && step >= least;
  if (whole && (step % MINUTE_SECONDS === 0 || step < MINUTE_SECONDS)) return step;
  throw wrong("step", `step is in seconds: from ${least} (the sampling interval) to 59, or a multiple of 60.`);
}

function parseInstant(name: string, text: string | undefined): Date | null {
  if (text === undefined || text === "") return null;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw wrong(name, `${name} must be an RFC 3339 instant, as 2026-11-25T14:00:00Z.`);
  return at;
}

const wrong = (path: string, message: string): ServiceError =>
  new ServiceError("invalid", message, { issues: [{ path, message, remedy: null }] });

function freshnessMinute(row: MinuteRow): FreshnessMinute {
  const fields: MinuteFields = {
    minute: row.minute.toISOString(),
    verdict: row.verdict,
    worstAgeSeconds: secondsOrNull(row.worstAgeMs),
    dominantHop: row.dominantHop,
    contractVersion: row.contractVersion,
    samples: row.samples,
    origin: row.origin,
  };
  return explained(fields, {
    worstAgeSeconds: row.because ?? "no sample of this minute was measured",
    dominantHop: row.verdict === "bad" ? (row.because ?? "no hop could be named") : "only a bad minute has one",
  });
}
