import { createAPI, fetchV12, fetchV13, fetchV17, type Reader } from "@platformatic/kafka";
import { kafkaCall } from "./kafka-call.ts";

export interface FetchTopic {
  topicId: string;
  name: string;
  partitions: { partition: number; fetchOffset: bigint; maxBytes: number }[];
}

export interface AbortedTransaction {
  producerId: bigint;
  firstOffset: bigint;
}

export interface FetchedPartition {
  partition: number;
  errorCode: number;
  highWatermark: bigint;
  lastStableOffset: bigint;
  logStart: bigint;
  aborted: AbortedTransaction[];
  /** Record batches as the log holds them; the last may be cut off. */
  records: Buffer | null;
}

export interface FetchResponse {
  errorCode: number;
  /** `topic` is the topic id, or before version 13 its name. */
  topics: { topic: string; partitions: FetchedPartition[] }[];
}

type Args = [isolation: 0 | 1, maxBytes: number, topics: FetchTopic[]];

const NEVER_WAIT = 0;
const NO_SESSION = [0, -1] as const;

/** A Fetch that never waits, outside any session, and whose records come back as bytes. Version 13 names topics by id. */
function version(number: number) {
  const byId = number >= 13;
  const request = (isolation: 0 | 1, maxBytes: number, topics: FetchTopic[]) => {
    const asked = topics.map(({ topicId, name, partitions }) => ({
      topicId: byId ? topicId : name,
      partitions: partitions.map(({ partition, fetchOffset, maxBytes: partitionMaxBytes }) => ({
        partition,
        currentLeaderEpoch: -1,
        fetchOffset,
        lastFetchedEpoch: -1,
        partitionMaxBytes,
      })),
    }));
    const create = number >= 15 ? fetchV17.createRequest : byId ? fetchV13.createRequest : fetchV12.createRequest;
    return create(NEVER_WAIT, 0, maxBytes, isolation, ...NO_SESSION, asked, [], "");
  };
  return createAPI<Args, FetchResponse>(1, number, request, byId ? parseById : parseByName);
}

const parseById = (_c: number, _k: number, _v: number, reader: Reader) => parse(reader, (r) => r.readUUID());
const parseByName = (_c: number, _k: number, _v: number, reader: Reader) => parse(reader, (r) => r.readString());

function parse(reader: Reader, readTopic: (r: Reader) => string): FetchResponse {
  reader.readInt32();
  const errorCode = reader.readInt16();
  reader.readInt32();
  const topics = reader.readArray((r) => ({ topic: readTopic(r), partitions: r.readArray(parsePartition) }));
  reader.readTaggedFields();
  return { errorCode, topics };
}

function parsePartition(r: Reader): FetchedPartition {
  const partition = r.readInt32();
  const errorCode = r.readInt16();
  const highWatermark = r.readInt64();
  const lastStableOffset = r.readInt64();
  const logStart = r.readInt64();
  const aborted = r.readNullableArray((a) => ({ producerId: a.readInt64(), firstOffset: a.readInt64() }));
  r.readInt32();
  // COMPACT_RECORDS is laid out as compact nullable bytes.
  const records = r.readNullableBytes();
  return { partition, errorCode, highWatermark, lastStableOffset, logStart, aborted: aborted ?? [], records };
}

export const fetchCall = kafkaCall("Fetch", ...[17, 16, 15, 14, 13, 12].map(version));
