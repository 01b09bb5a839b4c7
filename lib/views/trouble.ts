import { capitalised, clockText, durationText, listText, whenExactly } from "#lib/display.ts";
import type { FeedNow, HopNow } from "./feed-now.ts";

/** The one loud thing on a feed's page: what is wrong, in two sentences, and whose it is. */
export interface Trouble {
  level: "late" | "unmeasured" | "silent";
  headline: string;
  detail: string;
  /** The team that can act; null where no hop is at fault. */
  owner: string | null;
}

/** Null in health and when idle. `paces`: hop → how fast its tidemark moved over the last minutes, 1 is real time. */
export function troubleOf(now: FeedNow, paces: Readonly<Record<string, number>>, at: string): Trouble | null {
  switch (now.state) {
    case "late":
      return lateTrouble(now, paces, at);
    case "unmeasured":
      return unmeasuredTrouble(now);
    case "silent":
      return silentTrouble(now, at);
    case "idle":
    case "fresh":
      return null;
  }
}

function lateTrouble(now: FeedNow, paces: Readonly<Record<string, number>>, at: string): Trouble {
  const held = now.heldBy;
  const hop = now.hops.find((one) => one.hop === held?.hop);
  if (!held || !hop) {
    const least = now.ageSeconds ?? now.ageLowerSeconds ?? 0;
    const unread = unmeasuredHops(now);
    return {
      level: "late",
      headline: `What is measured is already ${durationText(least)} old, over the objective.`,
      detail: unread.map(unmeasuredSentence).join(" "),
      owner: unread[0]?.owner ?? null,
    };
  }
  if (held.byCadence) return cadenceTrouble(now, hop);
  return {
    level: "late",
    headline: headlineOf(hop, held.since, paces[hop.hop] ?? null, at),
    detail: [waitSentence(now, hop), noteSentence(hop), ...unmeasuredHops(now).map(unmeasuredSentence)]
      .filter(Boolean)
      .join(" "),
    owner: held.owner,
  };
}

/** `the table`, `the processor enrich`: the kind alone where the hop is called by it. */
const nameOf = (hop: HopNow): string => (hop.hop === hop.kind ? `the ${hop.kind}` : `the ${hop.kind} ${hop.hop}`);

/** Says that nothing moves only where that was measured. */
function headlineOf(hop: HopNow, since: string, pace: number | null, at: string): string {
  const when = whenExactly(since, at);
  if (hop.kind === "source") return `Records have reached ${hop.subject} late since ${when}.`;
  const still = pace !== null && pace < 0.05;
  if (hop.kind === "table" && still) return `The table has taken nothing in since ${when}.`;
  if (hop.kind === "connector" && still) return `The connector has passed nothing on since ${when}.`;
  if (hop.kind === "processor" && still) return `${capitalised(nameOf(hop))} has passed nothing on since ${when}.`;
  if (hop.kind === "topic") return `Readers of ${hop.subject} have been held back since ${when}.`;
  return `${capitalised(nameOf(hop))} has held the data back since ${when}.`;
}

function waitSentence(now: FeedNow, hop: HopNow): string {
  const before = now.hops.find((one) => hop.after.includes(one.hop));
  const waits = hop.holdSeconds === null ? "" : `${durationText(hop.holdSeconds)} of the age is its.`;
  if (hop.kind === "table" && before?.kind === "connector" && before.lagOffsets === "0") {
    return `Records reach the connector (lag 0), but no snapshot has taken them in. ${waits}`.trim();
  }
  if (hop.kind === "source") return arrivalSentence(now, hop);
  if (hop.kind === "topic") return `A transaction left open stops readers, not producers. ${waits}`.trim();
  return waits;
}

function arrivalSentence({ lateArrivals: { late, of } }: FeedNow, hop: HopNow): string {
  if (late > 0) return `${late} of the ${of} newest records came later than the contract tolerates.`;
  return `They were ${durationText(hop.holdSeconds ?? 0)} old when they arrived.`;
}

const noteSentence = (hop: HopNow): string => (hop.note ? `${capitalised(hop.note).replace(/\.$/, "")}.` : "");

function cadenceTrouble(now: FeedNow, hop: HopNow): Trouble {
  const step = hop.precisionSeconds === null ? "" : ` It moves every ${durationText(hop.precisionSeconds)} or so.`;
  return {
    level: "late",
    headline: `The promise is tighter than the machinery: ${hop.hop} holds the data by its cadence.`,
    detail: `Every hop is in step, yet the age passes the objective of ${durationText(now.objectiveSeconds ?? 0)}.${step} Loosen the objective or shorten the cadence.`,
    owner: hop.owner,
  };
}

const unmeasuredHops = (now: FeedNow): HopNow[] =>
  now.hops.filter((hop) => hop.state === "unmeasured" && hop.unmeasuredBecause?.code !== "before-measured");

function unmeasuredSentence(hop: HopNow): string {
  return `${capitalised(nameOf(hop))}: ${(hop.unmeasuredBecause?.detail ?? "not measured").replace(/\.$/, "")}.`;
}

function unmeasuredTrouble(now: FeedNow): Trouble {
  if (now.lastKnown) {
    const { state, ageSeconds, at } = now.lastKnown;
    const was = ageSeconds === null ? state : `${state}, ${durationText(ageSeconds)} old`;
    return {
      level: "unmeasured",
      headline: `${now.because}.`,
      detail: `Nothing is known of now. At ${clockText(at)} the feed was ${was}. See whether a worker is running and reaches the cluster.`,
      owner: null,
    };
  }
  const hops = unmeasuredHops(now);
  if (hops.length === 0) {
    const detail = now.contractVersion === null ? "The first answer comes with the next sample, within seconds." : "";
    return { level: "unmeasured", headline: `${now.because.replace(/\.$/, "")}.`, detail, owner: null };
  }
  const least =
    now.ageLowerSeconds === null ? "" : ` What is measured says at least ${durationText(now.ageLowerSeconds)}.`;
  return {
    level: "unmeasured",
    headline: `${capitalised(listText(hops.map(nameOf)))} cannot be measured.`,
    detail: `${hops.map((hop) => `${capitalised(hop.unmeasuredBecause?.detail ?? "").replace(/\.$/, "")}.`).join(" ")}${least}`,
    owner: hops[0]?.owner ?? null,
  };
}

function silentTrouble(now: FeedNow, at: string): Trouble {
  const source = now.hops.find((hop) => hop.kind === "source");
  const since = now.lastRecordAt === null ? "" : ` since ${whenExactly(now.lastRecordAt, at)}`;
  return {
    level: "silent",
    headline: `No record has arrived on ${source?.subject ?? "the source"}${since}.`,
    detail:
      "That is longer than the contract allows. Everything that did arrive has been passed on: the pipeline is not at fault.",
    owner: now.heldBy?.owner ?? source?.owner ?? null,
  };
}
