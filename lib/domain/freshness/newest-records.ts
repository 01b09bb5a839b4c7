import type { EventPoint, TickFacts } from "./facts.ts";
import type { FeedPlan } from "./plan.ts";

/** The newest records of the source partitions that received any in this cycle, counted by what is wrong with their event time. */
export interface NewestRecords {
  of: number;
  /** Came later than the contract tolerates after their event time. */
  late: number;
  /** Have no event time where the contract says it is. */
  unreadable: number;
  /** Claim a time from the future: it counts as their arrival. */
  future: number;
}

/** Clocks differ by a little; more than this ahead of us is a time from the future, ms. */
const AHEAD_MS = 5_000;

export function newestRecords(plan: FeedPlan, facts: TickFacts, arrivals: Record<string, boolean[]>): NewestRecords {
  const counted: NewestRecords = { of: 0, late: 0, unreadable: 0, future: 0 };
  for (const { topic } of plan.sources) {
    for (const [partition, arrived] of (arrivals[topic] ?? []).entries()) {
      const point = arrived ? newestOf(facts.points, topic, partition) : null;
      if (point === null) continue;
      counted.of += 1;
      const arrivedAt = point.logAppendTime && point.recordTimestamp !== null ? point.recordTimestamp : facts.endsAt;
      if (point.eventTime === null) counted.unreadable += 1;
      else if (arrivedAt - point.eventTime > plan.toleratedMs + plan.samplingMs) counted.late += 1;
      else if (point.eventTime - arrivedAt > AHEAD_MS) counted.future += 1;
    }
  }
  return counted;
}

function newestOf(points: EventPoint[], topic: string, partition: number): EventPoint | null {
  return points.reduce<EventPoint | null>((newest, point) => {
    if (point.topic !== topic || point.partition !== partition || point.foundOffset === null) return newest;
    return newest === null || point.foundOffset >= (newest.foundOffset ?? 0) ? point : newest;
  }, null);
}

export const mostlyLate = ({ late, of }: { late: number; of: number }): boolean => late * 2 > of;

/** What to say of them beside the source; null when there is nothing to say. */
export function sayNewest(newest: NewestRecords): string | null {
  const { of, unreadable, future } = newest;
  if (mostlyLate(newest)) return "most records arrive later than the contract tolerates";
  if (unreadable > 0) return `${unreadable} of the ${of} newest records have no readable event time`;
  return future > 0 ? `${future} of the ${of} newest records claim a time from the future` : null;
}
