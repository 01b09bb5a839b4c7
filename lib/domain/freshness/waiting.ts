import { frontierAt, frontierCeiling } from "./frontier.ts";
import { arrivedAt, markAt } from "./log-history.ts";
import type { PartitionState } from "./state.ts";

/** How a topic tells event time: by its own records, or by the marks its writer left. */
export type Clock = "records" | "marks";

/**
 * Does anything wait in [position, end)? Transaction markers, aborted and compacted records are nothing, and so is
 * everything below the log's start: it is lost, not waiting.
 */
export function waits(partition: PartitionState, position: number, end: number): boolean {
  if (position >= end) return false;
  const { empty } = partition;
  return !(empty !== null && empty.from <= position && empty.to >= end);
}

/** Source event time up to which everything has passed a reader that stands at `position`; null when not known yet. */
export function seenAt(
  partition: PartitionState,
  position: number,
  clock: Clock,
): { at: number | null; inferred: boolean } {
  if (clock === "records")
    return { at: frontierAt(partition.points, firstWaiting(partition, position)), inferred: false };
  const mark = markAt(partition.entries, position);
  if (mark !== null) return { at: mark, inferred: false };
  return { at: frontierAt(partition.points, position), inferred: true };
}

/** Markers between the position and the first record are skipped, so that the record's own time serves. */
function firstWaiting(partition: PartitionState, position: number): number {
  const { empty } = partition;
  return empty !== null && empty.from <= position && empty.to > position ? empty.to : position;
}

/**
 * The latest the tidemark could be if the reader had really passed all below `offset`; null: no bound but its
 * predecessor's. Where only marks tell, an event is at least no younger than its record's arrival.
 */
export function notBeyond(partition: PartitionState, offset: number, clock: Clock): number | null {
  return clock === "records" ? frontierCeiling(partition.points, offset) : arrivedAt(partition.entries, offset);
}
