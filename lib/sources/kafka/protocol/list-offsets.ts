import { createAPI, type Reader, Writer } from "@platformatic/kafka";
import { kafkaCall } from "./kafka-call.ts";

export interface ListOffsetsTopic {
  name: string;
  partitions: { partitionIndex: number; timestamp: bigint }[];
}

export interface ListOffsetsResponse {
  topics: {
    name: string;
    partitions: { partitionIndex: number; errorCode: number; timestamp: bigint; offset: bigint; leaderEpoch: number }[];
  }[];
}

const CONSUMER = -1;
const NO_EPOCH = -1;
const REMOTE_TIMEOUT_MS = 3_000;

type Args = [isolation: 0 | 1, topics: ListOffsetsTopic[]];

/** ListOffsets v6 to v11 (Kafka's message/ListOffsetsRequest.json): v10 adds a timeout for tiered logs. */
function version(number: number) {
  const request = (isolation: 0 | 1, topics: ListOffsetsTopic[]) => {
    const writer = Writer.create()
      .appendInt32(CONSUMER)
      .appendInt8(isolation)
      .appendArray(topics, (w, topic) => {
        w.appendString(topic.name).appendArray(topic.partitions, (each, partition) => {
          each.appendInt32(partition.partitionIndex).appendInt32(NO_EPOCH).appendInt64(partition.timestamp);
        });
      });
    if (number >= 10) writer.appendInt32(REMOTE_TIMEOUT_MS);
    return writer.appendTaggedFields();
  };
  return createAPI<Args, ListOffsetsResponse>(2, number, request, parse);
}

/** Error codes stay with their partitions: one bad partition spoils no other. */
function parse(_correlation: number, _key: number, _version: number, reader: Reader): ListOffsetsResponse {
  reader.readInt32();
  const topics = reader.readArray((r) => ({
    name: r.readString(),
    partitions: r.readArray((each) => ({
      partitionIndex: each.readInt32(),
      errorCode: each.readInt16(),
      timestamp: each.readInt64(),
      offset: each.readInt64(),
      leaderEpoch: each.readInt32(),
    })),
  }));
  reader.readTaggedFields();
  return { topics };
}

export const listOffsetsCall = kafkaCall("ListOffsets", ...[11, 10, 9, 8, 7, 6].map(version));
