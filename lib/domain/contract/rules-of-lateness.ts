import { burnRules, largestBurn } from "./burn-rules.ts";
import { durationMs, durationText, fractionOf } from "./duration.ts";
import type { Fault } from "./issues.ts";
import type { LatenessClause } from "./lateness-clause.ts";

/** Rules of the lateness clause: promises that could not be measured or alerts that could never fire are refused. */
export function rulesOfLateness(lateness: LatenessClause, samplingIntervalMs: number): Fault[] {
  return [...objectiveFaults(lateness, samplingIntervalMs), ...targetFaults(lateness), ...burnFaults(lateness)];
}

function objectiveFaults(lateness: LatenessClause, samplingIntervalMs: number): Fault[] {
  const objectiveMs = durationMs(lateness.objective);
  const leastMs = 3 * samplingIntervalMs;
  if (objectiveMs < leastMs) {
    return [
      {
        at: ["lateness", "objective"],
        code: "rule",
        message: `lateness.objective of ${lateness.objective} is under three sampling intervals (${durationText(leastMs)}), so it can't be judged`,
        remedy: `Ask for ${durationText(leastMs)} or more, or sample more often (TIDEMARK_SAMPLING_INTERVAL_MS).`,
      },
    ];
  }
  if (objectiveMs >= durationMs(lateness.window)) {
    return [
      {
        at: ["lateness", "window"],
        code: "rule",
        message: "lateness.window is not longer than the objective",
        remedy: "Use a window of a day or more: 30d is usual.",
      },
    ];
  }
  return [];
}

function targetFaults(lateness: LatenessClause): Fault[] {
  const target = fractionOf(lateness.target);
  if (target > 0 && target < 1) return [];
  return [
    {
      at: ["lateness", "target"],
      code: "rule",
      message: `lateness.target of ${lateness.target} leaves ${target === 1 ? "no budget to spend" : "nothing to keep"}`,
      remedy: "Use a target above 0% and below 100%: 99.5%.",
    },
  ];
}

function burnFaults(lateness: LatenessClause): Fault[] {
  if (fractionOf(lateness.target) >= 1) return [];
  const most = largestBurn(lateness.target);
  const windowMs = durationMs(lateness.window);
  return burnRules(lateness).flatMap((rule, index) => {
    const at = lateness.burn === "default" ? ["lateness", "burn"] : ["lateness", "burn", index];
    const faults: Fault[] = [];
    if (rule.factor > most) {
      faults.push({
        at,
        code: "rule",
        message: `A burn rate of ${round(rule.factor)} can never be reached: at a target of ${lateness.target} the most is ${round(most)}`,
        remedy:
          lateness.burn === "default"
            ? `Write burn rules of your own with factors up to ${round(most)}, or raise the target.`
            : `Use a factor up to ${round(most)}, or raise the target.`,
      });
    }
    if (rule.shortMs >= rule.longMs || rule.longMs > windowMs) {
      faults.push({
        at,
        code: "rule",
        message:
          "A burn rule's short window must be shorter than its long one, and that no longer than the SLO's window",
        remedy: "Use windows such as long: 1h, short: 5m.",
      });
    }
    return faults;
  });
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
