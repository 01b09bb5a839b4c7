import { durationMs, fractionOf } from "./duration.ts";
import type { LatenessClause } from "./lateness-clause.ts";

export interface BurnRule {
  severity: "page" | "ticket";
  factor: number;
  longMs: number;
  shortMs: number;
}

/**
 * The default rules, as the share of the whole budget that a rule's long window may spend before it fires
 * (Google SRE Workbook, ch. 5: over 30 d these give the factors 14.4, 6, 3 and 1).
 */
const DEFAULT_RULES = [
  { severity: "page", budgetShare: 0.02, long: "1h", short: "5m" },
  { severity: "page", budgetShare: 0.05, long: "6h", short: "30m" },
  { severity: "ticket", budgetShare: 0.1, long: "1d", short: "2h" },
  { severity: "ticket", budgetShare: 0.1, long: "3d", short: "6h" },
] as const;

/** The burn rules of a lateness clause. Default factors keep their budget shares on any window: share · window / long. */
export function burnRules(lateness: Pick<LatenessClause, "burn" | "window">): BurnRule[] {
  if (lateness.burn !== "default") {
    return lateness.burn.map((rule) => ({
      severity: rule.severity,
      factor: rule.factor,
      longMs: durationMs(rule.long),
      shortMs: durationMs(rule.short),
    }));
  }
  const windowMs = durationMs(lateness.window);
  return DEFAULT_RULES.filter((rule) => durationMs(rule.long) < windowMs).map((rule) => ({
    severity: rule.severity,
    factor: (rule.budgetShare * windowMs) / durationMs(rule.long),
    longMs: durationMs(rule.long),
    shortMs: durationMs(rule.short),
  }));
}

/** Burning everything: no window can burn faster than 1 / (1 − target). */
export function largestBurn(target: string): number {
  return 1 / (1 - fractionOf(target));
}
