import { Why, type WhyFact } from "#components/ui/why.tsx";
import { countText, durationText, instantText } from "#lib/display.ts";
import type { HopNow } from "#lib/views/feed-now.ts";
import { sourceCall } from "./source-calls.ts";

/** Why a hop's hold is what it is. */
export function WhyHop({ hop, contractVersion }: { hop: HopNow; contractVersion: number | null }) {
  const before = hop.after.length === 0 ? "now" : `the tidemark of ${hop.after.join(", ")}`;
  return (
    <Why
      of={`Hold of ${hop.hop}`}
      formula={
        hop.kind === "source"
          ? "Hold = now − tidemark of the source: how old records were when they arrived, on the partition that is worst."
          : `Hold = ${before} − the tidemark of ${hop.hop}: the newest event time before which nothing waits here, least over the partitions.`
      }
      facts={factsOf(hop, contractVersion)}
    />
  );
}

function factsOf(hop: HopNow, contractVersion: number | null): WhyFact[] {
  const worst = hop.partitions.find((one) => one.partition === hop.partition && one.topic === hop.topic);
  const facts: (WhyFact | null)[] = [
    {
      label: "Hold",
      value: hop.holdSeconds === null ? `unmeasured: ${hop.holdSecondsBecause ?? ""}` : durationText(hop.holdSeconds),
    },
    hop.unprovenSeconds
      ? { label: "Of it unproven", value: `${durationText(hop.unprovenSeconds)}: positions move in steps` }
      : null,
    {
      label: "Tidemark",
      value: hop.tidemark === null ? (hop.tidemarkBecause ?? "unknown") : instantText(hop.tidemark),
    },
    worst ? { label: "Worst partition", value: `${worst.topic} p${worst.partition}` } : null,
    worst ? { label: "Its position", value: <span className="mono">{worst.position ?? "no commit"}</span> } : null,
    worst ? { label: "Its log end", value: <span className="mono">{worst.logEnd ?? "unknown"}</span> } : null,
    {
      label: "Lag",
      value:
        hop.lagOffsets === null
          ? (hop.lagOffsetsBecause ?? "unknown")
          : `${countText(hop.lagOffsets)} offsets, all partitions`,
    },
    {
      label: "In step",
      value:
        hop.inStep === null
          ? (hop.inStepBecause ?? "unknown")
          : hop.inStep
            ? "yes: it has passed all that arrived one cadence ago"
            : "no",
    },
    {
      label: "Precision",
      value:
        hop.precisionSeconds === null
          ? (hop.precisionSecondsBecause ?? "unknown")
          : `${durationText(hop.precisionSeconds)}: its cadence and one sampling interval`,
    },
    { label: "Proof", value: hop.proof ?? hop.proofBecause ?? "unknown" },
    {
      label: "Measured at",
      value: hop.measuredAt === null ? (hop.measuredAtBecause ?? "never") : instantText(hop.measuredAt),
    },
    { label: "Read by", value: sourceCall(hop) },
    { label: "Contract", value: contractVersion === null ? "none in force" : `version ${contractVersion}` },
  ];
  return facts.filter((fact) => fact !== null);
}
