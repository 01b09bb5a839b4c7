import { durationText } from "#lib/display.ts";
import { CATCHING_UP, type Tide } from "./tide.ts";

/** The sum in words: over by how much, and what would clear it. */
export function Verdict({ tide }: { tide: Tide }) {
  return (
    <div className="grid content-start gap-1 border-l pt-2 pr-3 pb-3 pl-[14px] text-meta leading-[18px] text-muted">
      <p>{wordsOf(tide)}</p>
    </div>
  );
}

function wordsOf(tide: Tide): React.ReactNode {
  const { age, unknown, path } = tide.depths;
  if (tide.lastRecord) return "Nothing waits anywhere: what has arrived has passed every hop.";
  if (tide.depths.marks.every((mark) => mark.at === null)) return "Nothing is measured now: no line is drawn.";
  if (unknown) return "What is measured bounds the age from below. The hatched part is not known.";
  if (tide.objective === null) return "No objective is drawn.";
  if (age <= tide.objective) {
    return (
      <>
        Within the objective by <b className="font-semibold text-ink">{durationText(tide.objective - age)}</b>.
      </>
    );
  }
  const fault = path.find((mark) => mark.fault);
  const usual = fault ? tide.usual[fault.hop.hop] : undefined;
  const cleared = fault && usual !== undefined ? age - (fault.hop.holdSeconds ?? 0) + usual : null;
  return (
    <>
      Over the objective by <b className="font-semibold text-ink">{durationText(age - tide.objective)}</b>.
      {fault ? clearedIn(tide, fault.hop.hop, age - tide.objective) : ""}
      {fault && cleared !== null && cleared < age
        ? ` With ${fault.hop.hop} at its usual, about ${durationText(cleared)}.`
        : ""}
    </>
  );
}

/** At the pace of the last minutes: each second closes pace − 1 seconds. */
function clearedIn(tide: Tide, hop: string, over: number): string {
  const pace = tide.paces[hop] ?? 0;
  return pace < CATCHING_UP
    ? ""
    : ` At its pace of ${pace.toFixed(1)}× it is within it in about ${durationText(over / (pace - 1))}.`;
}
