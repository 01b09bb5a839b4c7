import type { FeedReading } from "./reading.ts";

/** A change worth telling people about, one line. */
export interface FeedChange {
  kind: string;
  hop: string | null;
  text: string;
}

/** What changed between two readings: the state, and who holds the data back. */
export function changesBetween(before: FeedReading | null, now: FeedReading): FeedChange[] {
  if (before === null) return [{ kind: "first-reading", hop: null, text: `First reading: ${now.state}.` }];
  const changes: FeedChange[] = [];
  if (before.state !== now.state) {
    changes.push({ kind: `state-${now.state}`, hop: now.heldBy?.hop ?? null, text: stateText(before, now) });
  }
  if (before.heldBy?.hop !== now.heldBy?.hop) changes.push(holderText(before, now));
  for (const hop of now.hops) {
    const known = before.hops.find((h) => h.hop === hop.hop);
    if (known && known.note !== hop.note) {
      const text = hop.note === null ? over(known.note) : `${hop.hop}: ${hop.note}.`;
      if (text !== null) changes.push({ kind: `note-${hop.hop}`, hop: hop.hop, text });
    }
    if (known && known.state !== hop.state) {
      const text =
        hop.state === "measured"
          ? `${hop.hop} is measured again.`
          : `${hop.hop} unmeasured: ${hop.unmeasuredBecause?.detail ?? ""}`;
      changes.push({ kind: `measured-${hop.hop}`, hop: hop.hop, text });
    }
  }
  return changes;
}

/** That a hop is in step again is told by its own line; that a system answers again is not. */
const over = (note: string | null) =>
  note?.includes("unreachable") ? note.replace(/ unreachable.*/, " answers again.") : null;

function stateText(before: FeedReading, now: FeedReading): string {
  if (now.state === "late") return `Late: age passed ${Math.round(now.objectiveMs / 1000)} s.`;
  if (before.state === "late") return `No longer late: ${now.state}.`;
  return `${now.state[0]?.toUpperCase()}${now.state.slice(1)}: ${now.because}`;
}

function holderText(before: FeedReading, now: FeedReading): FeedChange {
  if (now.heldBy) {
    const how = now.heldBy.byCadence ? "by cadence" : "out of step";
    return { kind: "held-by", hop: now.heldBy.hop, text: `Held by ${now.heldBy.hop} (${now.heldBy.owner}), ${how}.` };
  }
  return {
    kind: "held-by",
    hop: before.heldBy?.hop ?? null,
    text: `${before.heldBy?.hop ?? "The hop"} is in step again.`,
  };
}
