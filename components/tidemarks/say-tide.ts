import { durationWords } from "#lib/display.ts";
import type { FeedOverview } from "#lib/views/feed-overview.ts";
import { worstWords } from "./depths.ts";

/** The picture in words, for those who do not see it. */
export function sayTide(feed: FeedOverview): string {
  const { now } = feed;
  const hops = now.hops.map((hop) => {
    if (hop.holdSeconds === null)
      return `${hop.hop} is unmeasured: ${hop.unmeasuredBecause?.detail ?? "no reason known"}.`;
    if (hop.holdSeconds === 0) return `${hop.hop} holds nothing.`;
    const worst = worstWords(hop);
    return `${hop.hop} holds ${durationWords(hop.holdSeconds)}${worst ? `, ${worst}` : ""}.`;
  });
  const objective =
    now.objectiveSeconds === null ? "" : ` against an objective of ${durationWords(now.objectiveSeconds)}`;
  return ["How far back each hop stands.", ...hops, `${sayAge(feed)}${objective}.`].join(" ");
}

function sayAge({ now }: FeedOverview): string {
  if (now.ageSeconds !== null) return `Age ${durationWords(now.ageSeconds)}`;
  if (now.ageLowerSeconds !== null) return `Age at least ${durationWords(now.ageLowerSeconds)}`;
  return `Age unknown, ${now.because.toLowerCase()}`;
}
