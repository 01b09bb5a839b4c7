import { getPool } from "#lib/db/client.ts";
import { type ControlEventRow, listControlTails } from "#lib/db/samples/cluster-rows.ts";
import { log } from "#lib/log.ts";
import { type ControlEvent, decodeControlEvent } from "#lib/sources/iceberg/decode-control-event.ts";
import type { ClusterReader } from "#lib/sources/kafka/cluster-reader.ts";
import type { Deadline } from "#lib/sources/kafka/deadline.ts";
import type { KafkaRecord } from "#lib/sources/kafka/record-batches.ts";
import { SourceError } from "#lib/sources/source-error.ts";

/** A long history is caught up over several ticks. */
const BYTES_A_TICK = 8 * 1024 * 1024;

export interface ControlRead {
  events: ControlEventRow[];
  errors: SourceError[];
}

/** Follows the control topics of a cluster's Iceberg sinks from where we stopped, over restarts too. */
export class ControlTails {
  private readonly clusterId: string;
  private readonly reader: ClusterReader;
  /** Topic → partition → next offset. */
  private readonly next = new Map<string, Map<number, bigint>>();

  constructor(clusterId: string, reader: ClusterReader) {
    this.clusterId = clusterId;
    this.reader = reader;
  }

  async read(topics: readonly string[], deadline: Deadline): Promise<ControlRead> {
    await this.recall(topics);
    const read: ControlRead = { events: [], errors: [] };
    for (const topic of topics) await this.readTopic(topic, deadline, read);
    return read;
  }

  /** What is stored already need not be read again. */
  private async recall(topics: readonly string[]): Promise<void> {
    const unknown = topics.filter((topic) => !this.next.has(topic));
    if (unknown.length === 0) return;
    const stored = await listControlTails(getPool(), this.clusterId, unknown);
    for (const topic of unknown) this.next.set(topic, new Map());
    for (const { topic, partition, next } of stored) this.next.get(topic)?.set(partition, next);
  }

  private async readTopic(topic: string, deadline: Deadline, read: ControlRead): Promise<void> {
    const next = this.next.get(topic) ?? new Map<number, bigint>();
    const budget = { deadline, maxBytesPerPartition: BYTES_A_TICK };
    const answer = await this.reader.tail(topic, next, "read_committed", budget);
    if (!answer.ok) {
      read.errors.push(answer.error);
      return;
    }
    for (const [partition, part] of answer.value) {
      if (!part.ok) {
        read.errors.push(part.error);
        continue;
      }
      next.set(partition, part.value.next);
      if (part.value.skipped > 0n) {
        log.warn("control records were deleted before they were read", {
          topic,
          partition,
          records: part.value.skipped,
        });
      }
      if (part.value.isRestarted) log.warn("a control topic was cut back or made anew", { topic, partition });
      const decoded = part.value.records.flatMap(
        (record) => decode({ topic, topicId: part.value.topicId, partition }, record) ?? [],
      );
      read.events.push(...decoded);
      const strange = part.value.records.length - decoded.length;
      if (strange > 0)
        read.errors.push(new SourceError("malformed", `${strange} records of ${topic} are no control events`));
    }
    this.next.set(topic, next);
  }
}

type Place = Pick<ControlEventRow, "topic" | "topicId" | "partition">;

function decode(place: Place, record: KafkaRecord): ControlEventRow | null {
  try {
    return record.value === null ? null : rowOf(place, record.offset, decodeControlEvent(record.value));
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

function rowOf(place: Place, offset: bigint, event: ControlEvent): ControlEventRow {
  const { type, groupId, commitId, rows } = event;
  const assignments = event.assignments?.map((one) => ({
    topic: one.topic,
    partition: one.partition,
    offset: one.offset?.toString() ?? null,
    timestamp: one.timestamp === null ? null : new Date(one.timestamp).toISOString(),
  }));
  const at = new Date(event.at);
  return {
    ...place,
    offset,
    at,
    type,
    groupId,
    commitId,
    tableName: event.table,
    rows,
    assignments: assignments ?? null,
  };
}
