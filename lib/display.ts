/** How values are written for people. Pure: text in English, times in UTC. */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

export interface DurationPart {
  value: string;
  unit: string;
}

/** Two units at most: 478 s → `7m 58s`, 147 600 s → `1d 17h`. The smaller of two is padded, so figures keep their width. */
export function durationParts(seconds: number): DurationPart[] {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const rest = whole % MINUTE;
  if (days > 0) return pair(days, "d", hours, "h", 1);
  if (hours > 0) return pair(hours, "h", minutes, "m", 2);
  if (minutes > 0) return pair(minutes, "m", rest, "s", 2);
  return [{ value: String(rest), unit: "s" }];
}

function pair(first: number, unit: string, second: number, secondUnit: string, width: number): DurationPart[] {
  const parts = [{ value: String(first), unit }];
  if (second > 0) parts.push({ value: String(second).padStart(width, "0"), unit: secondUnit });
  return parts;
}

/** `7m 58s`. */
export function durationText(seconds: number): string {
  return durationParts(seconds)
    .map(({ value, unit }) => value + unit)
    .join(" ");
}

const UNIT_WORDS: Readonly<Record<string, string>> = { d: "day", h: "hour", m: "minute", s: "second" };

/** `7 minutes 58 seconds`: for sentences and screen readers. */
export function durationWords(seconds: number): string {
  return durationParts(seconds)
    .map(({ value, unit }) => plural(Number(value), UNIT_WORDS[unit] ?? unit))
    .join(" ");
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** `Two`; from eleven on, digits. Starts a sentence. */
export function numberWord(count: number): string {
  return NUMBERS[count] ?? countText(count);
}

/** `748 210`: grouped by thin spaces, from a number or a decimal string of any length. */
export function countText(count: number | bigint | string): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, "\u2009");
}

/** `2.1×`, `0.98×`. */
export function timesText(ratio: number): string {
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)}×`;
}

/** `14:25:03` in UTC. */
export function clockText(iso: string): string {
  return new Date(iso).toISOString().slice(11, 19);
}

/** `14:25` in UTC. */
export function minuteText(iso: string): string {
  return new Date(iso).toISOString().slice(11, 16);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2 Nov`, with the year where it is not the one of `now`. */
export function dayText(iso: string, now: string): string {
  const at = new Date(iso);
  const year = at.getUTCFullYear() === new Date(now).getUTCFullYear() ? "" : ` ${at.getUTCFullYear()}`;
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ""}${year}`;
}

/** `14:25`, or `24 Nov 14:25` when that is not today. */
export function whenText(iso: string, now: string): string {
  return iso.slice(0, 10) === now.slice(0, 10) ? minuteText(iso) : `${dayText(iso, now)} ${minuteText(iso)}`;
}

/** `14:25:03`, or `24 Nov 14:25:03` when that is not today. */
export function whenExactly(iso: string, now: string): string {
  return iso.slice(0, 10) === now.slice(0, 10) ? clockText(iso) : `${dayText(iso, now)} ${clockText(iso)}`;
}

/** `2026-11-25 14:25:03.000 UTC`: the instant itself. */
export function instantText(iso: string): string {
  return `${new Date(iso).toISOString().replace("T", " ").replace("Z", "")} UTC`;
}

/** `4 s ago`, `4 min ago`, `2 h ago`, `3 days ago`. */
export function agoText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 90 * MINUTE) return `${Math.round(seconds / MINUTE)} min ago`;
  if (seconds < 36 * HOUR) return `${Math.round(seconds / HOUR)} h ago`;
  return `${plural(Math.round(seconds / DAY), "day")} ago`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `a`/`an` is never guessed; this only makes the first letter large. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `connect-to-lakehouse` → `connect to lakehouse`. */
export function wordsOf(slug: string): string {
  return slug.replaceAll("-", " ");
}
