import { type BurnRule, burnRules } from "./burn-rules.ts";
import { durationMs, fractionOf } from "./duration.ts";
import type { FeedContract } from "./feed-contract.ts";
import type { EventTimeSpec, SourceTopic } from "./sources-clause.ts";

/** What the lateness clause promises, in numbers: milliseconds and a fraction. */
export interface LatenessTerms {
  objectiveMs: number;
  /** 0 to 1: the share of minutes that must be good. */
  targetFraction: number;
  windowMs: number;
  toleratedMs: number;
  burnRules: BurnRule[];
}

export function latenessTerms(contract: Pick<FeedContract, "lateness">): LatenessTerms {
  const { lateness } = contract;
  return {
    objectiveMs: durationMs(lateness.objective),
    targetFraction: fractionOf(lateness.target),
    windowMs: durationMs(lateness.window),
    toleratedMs: durationMs(lateness.tolerated),
    burnRules: burnRules(lateness),
  };
}

/** A source topic in numbers. A null silence means that silence is never held against it. */
export interface SourceTerms {
  topic: string;
  eventTime: EventTimeSpec;
  from: SourceTopic["from"];
  maxSilenceMs: number | null;
  maxSilencePerPartitionMs: number | null;
}

export function sourceTerms(contract: Pick<FeedContract, "sources">): SourceTerms[] {
  return contract.sources.topics.map((topic) => ({
    topic: topic.name,
    eventTime: topic.eventTime,
    from: topic.from,
    maxSilenceMs: topic.maxSilence === undefined ? null : durationMs(topic.maxSilence),
    maxSilencePerPartitionMs:
      topic.maxSilencePerPartition === undefined ? null : durationMs(topic.maxSilencePerPartition),
  }));
}
