import { useHatches } from "#components/charts/hatch.tsx";
import { PROOF_DASH, PROOF_WORDS, PROOFS } from "./proof.ts";

export function TideLegend() {
  const hatches = useHatches();
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-[6px] border-t px-4 py-[10px] text-meta text-muted narrow:px-3 [&_li]:inline-flex [&_li]:items-center [&_li]:gap-[6px] [&_svg]:h-3 [&_svg]:w-6 [&_svg]:flex-none">
      {PROOFS.map((proof) => (
        <li key={proof}>
          <svg viewBox="0 0 24 12" aria-hidden="true">
            <path d="M0 6h24" className="stroke-ink" strokeWidth="2" strokeDasharray={PROOF_DASH[proof]} />
          </svg>
          {PROOF_WORDS[proof]}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          <rect width="5" height="6" x="2" className="fill-hold" />
          <rect width="5" height="12" x="9" className="fill-hold-worst" />
          <rect width="5" height="4" x="16" className="fill-hold" />
        </svg>
        one bar a partition; dark is the worst
      </li>
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          <rect width="24" height="12" className="fill-water" />
        </svg>
        has passed the hop
      </li>
      <li>
        <svg viewBox="0 0 24 12" aria-hidden="true">
          {hatches.defs}
          <rect width="24" height="12" fill={hatches.unmeasured} />
        </svg>
        not proven, or not measured
      </li>
    </ul>
  );
}
