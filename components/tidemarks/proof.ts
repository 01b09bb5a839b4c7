import type { Proof } from "#lib/domain/freshness/reading.ts";

/** Line style is the proof: solid exact, dashed watermark, dash-dot declared, dotted inferred. */
export const PROOF_DASH: Readonly<Record<Proof, string | undefined>> = {
  exact: undefined,
  watermark: "7 4",
  declared: "9 3 2 3",
  inferred: "2 3",
};

export const PROOF_WORDS: Readonly<Record<Proof, string>> = {
  exact: "exact: from offsets",
  watermark: "watermark: the writer's claim",
  declared: "declared",
  inferred: "inferred",
};

export const PROOFS: readonly Proof[] = ["exact", "watermark", "declared", "inferred"];
