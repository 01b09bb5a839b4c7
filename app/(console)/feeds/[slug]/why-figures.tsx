import { Why } from "#components/ui/why.tsx";
import { sourceCall } from "#components/tidemarks/source-calls.ts";
import { durationText, instantText } from "#lib/display.ts";
import type { FeedOverview } from "#lib/views/feed-overview.ts";

const instant = (iso: string | null, otherwise: string): string => (iso === null ? otherwise : instantText(iso));

const contractOf = (feed: FeedOverview): string =>
  feed.now.contractVersion === null ? "none was in force" : `version ${feed.now.contractVersion}`;

export function WhyAge({ feed }: { feed: FeedOverview }) {
  const { now } = feed;
  const target = now.hops.at(-1);
  const holds = now.hops.map(
    (hop) => `${hop.hop} ${hop.holdSeconds === null ? "unmeasured" : durationText(hop.holdSeconds)}`,
  );
  const worst = now.hops.find((hop) => hop.hop === now.largestHold?.hop);
  return (
    <Why
      of="Age now"
      formula="Age = now − the tidemark of the target: the source event time up to which everything is usable. It is the sum of the holds. By committed positions, so it is never less than the truth; the lower bound credits late hops with what they may have passed since."
      facts={[
        { label: "State", value: `${now.state}: ${now.because}` },
        {
          label: "Age",
          value: now.ageSeconds === null ? `unknown: ${now.ageSecondsBecause ?? ""}` : durationText(now.ageSeconds),
        },
        {
          label: "At least",
          value:
            now.ageLowerSeconds === null
              ? `unknown: ${now.ageLowerSecondsBecause ?? ""}`
              : durationText(now.ageLowerSeconds),
        },
        {
          label: "Objective",
          value:
            now.objectiveSeconds === null
              ? (now.objectiveSecondsBecause ?? "none")
              : durationText(now.objectiveSeconds),
        },
        { label: "Holds", value: holds.length === 0 ? "none measured" : holds.join(" + ") },
        {
          label: "Worst partition",
          value:
            worst?.partition === null || worst === undefined
              ? "none waits"
              : `${worst.topic} p${worst.partition}, at ${worst.hop}`,
        },
        { label: "Tidemark", value: instant(now.tidemark, now.tidemarkBecause ?? "unknown") },
        { label: "Measured at", value: instant(now.measuredAt, "never") },
        { label: "Read by", value: target ? sourceCall(target) : "nothing yet" },
        { label: "Contract", value: contractOf(feed) },
      ]}
    />
  );
}

export function WhyHeldBy({ feed }: { feed: FeedOverview }) {
  const { now } = feed;
  const out = now.hops.filter((hop) => hop.inStep === false).map((hop) => hop.hop);
  return (
    <Why
      of="Held by"
      formula="Positions move in steps, so in health every hop waits in turn. A hop is in step if it has passed all that arrived one cadence ago. The largest hold out of step holds the data; if the feed is late with every hop in step, the largest hold does, by cadence; else nobody."
      facts={[
        { label: "Out of step", value: out.length === 0 ? "no hop" : out.join(", ") },
        { label: "Since", value: instant(now.heldBy?.since ?? null, now.heldByBecause ?? "nobody holds it") },
        {
          label: "Largest hold",
          value: now.largestHold ? `${now.largestHold.hop}, ${durationText(now.largestHold.holdSeconds)}` : "none",
        },
        { label: "Measured at", value: instant(now.measuredAt, "never") },
        { label: "Contract", value: contractOf(feed) },
      ]}
    />
  );
}

export function WhyLastRecord({ feed }: { feed: FeedOverview }) {
  const { now, contract } = feed;
  const source = now.hops.find((hop) => hop.kind === "source");
  const max = contract?.maxSilenceSeconds ?? null;
  return (
    <Why
      of="Last record"
      formula="Time from the last cycle that saw a source log grow to the newest reading. Nothing waiting is idle; longer than the contract's longest silence is silent, held by the source."
      facts={[
        { label: "Last record", value: instant(now.lastRecordAt, "none seen yet") },
        { label: "Measured at", value: instant(now.measuredAt, "never") },
        { label: "Silence allowed", value: max === null ? "the contract names none" : durationText(max) },
        {
          label: "Growth",
          value:
            feed.sourceRate === null
              ? "not known yet: it takes two readings five minutes apart"
              : `${feed.sourceRate} offsets a second over the last five minutes; offsets are not records on compacted or transactional topics`,
        },
        { label: "Read by", value: source ? sourceCall(source) : "nothing yet" },
        { label: "Contract", value: contractOf(feed) },
      ]}
    />
  );
}
