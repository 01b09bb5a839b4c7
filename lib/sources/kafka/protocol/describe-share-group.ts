import { createAPI, type Reader, Writer } from "@platformatic/kafka";
import { kafkaCall } from "./kafka-call.ts";

export interface DescribedMember {
  memberId: string;
  clientId: string;
  clientHost: string;
}

export interface DescribeResponse {
  groups: { errorCode: number; groupId: string; groupState: string; members: DescribedMember[] }[];
}

const request = (groups: string[]) =>
  Writer.create()
    .appendArray(groups, (w, group) => w.appendString(group), true, false)
    .appendBoolean(false)
    .appendTaggedFields();

/** ShareGroupDescribe v1, Kafka 4.1 (message/ShareGroupDescribeResponse.json). */
function parse(_correlation: number, _key: number, _version: number, reader: Reader): DescribeResponse {
  reader.readInt32();
  const groups = reader.readArray((r) => {
    const errorCode = r.readInt16();
    r.readNullableString();
    const groupId = r.readString();
    const groupState = r.readString();
    r.readInt32();
    r.readInt32();
    r.readString();
    const members = r.readArray(readMember);
    r.readInt32();
    return { errorCode, groupId, groupState, members };
  });
  reader.readTaggedFields();
  return { groups };
}

function readMember(r: Reader): DescribedMember {
  const memberId = r.readString();
  r.readNullableString();
  r.readInt32();
  const clientId = r.readString();
  const clientHost = r.readString();
  r.readArray((topic) => topic.readString(), true, false);
  r.readArray((topic) => {
    topic.readUUID();
    topic.readString();
    topic.readArray((partition) => partition.readInt32(), true, false);
  });
  r.readTaggedFields();
  return { memberId, clientId, clientHost };
}

export const describeShareGroupsCall = kafkaCall(
  "ShareGroupDescribe",
  createAPI<[groups: string[]], DescribeResponse>(77, 1, request, parse),
);
