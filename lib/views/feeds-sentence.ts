import type { FeedStateName } from "#lib/domain/freshness/reading.ts";
import { numberWord } from "#lib/display.ts";

/** How things stand, worst first: `Two are late. One cannot be measured. One source has gone silent.` */
export function feedsSentence(counts: Readonly<Record<FeedStateName, number>>): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return "No feed has a contract yet.";
  const trouble: string[] = [];
  if (counts.late > 0) trouble.push(`${numberWord(counts.late)} ${counts.late === 1 ? "is" : "are"} late.`);
  if (counts.unmeasured > 0) trouble.push(`${numberWord(counts.unmeasured)} cannot be measured.`);
  if (counts.silent > 0) {
    trouble.push(`${numberWord(counts.silent)} ${counts.silent === 1 ? "source has" : "sources have"} gone silent.`);
  }
  if (trouble.length > 0) return trouble.join(" ");
  if (counts.fresh === 0)
    return total === 1 ? "The one feed is idle: nothing is waiting." : "All are idle: nothing is waiting.";
  const idle = counts.idle > 0 ? ` ${numberWord(counts.idle)} ${counts.idle === 1 ? "is" : "are"} idle.` : "";
  return total === 1 ? "The one feed is within its objective." : `All are within their objectives.${idle}`;
}
