import { createAPI, type Reader, Writer } from "@platformatic/kafka";
import type { DescribedMember, DescribeResponse } from "./describe-share-group.ts";
import { kafkaCall } from "./kafka-call.ts";

const request = (groups: string[]) =>
  Writer.create()
    .appendArray(groups, (w, group) => w.appendString(group), true, false)
    .appendBoolean(false)
    .appendTaggedFields();

/** StreamsGroupDescribe v0, KIP-1071 (message/StreamsGroupDescribeResponse.json); topology and tasks are passed over. */
function parse(_correlation: number, _key: number, _version: number, reader: Reader): DescribeResponse {
  reader.readInt32();
  const groups = reader.readArray((r) => {
    const errorCode = r.readInt16();
    r.readNullableString();
    const groupId = r.readString();
    const groupState = r.readString();
    r.readInt32();
    r.readInt32();
    r.readNullableStruct(() => skipTopology(r));
    const members = r.readArray(readMember);
    r.readInt32();
    return { errorCode, groupId, groupState, members };
  });
  reader.readTaggedFields();
  return { groups };
}

const skipNames = (r: Reader) => r.readArray((each) => each.readString(), true, false);
const skipNumbers = (r: Reader) => r.readArray((each) => each.readInt32(), true, false);

function skipTopology(r: Reader): void {
  r.readInt32();
  r.readNullableArray((sub) => {
    sub.readString();
    skipNames(sub);
    skipNames(sub);
    sub.readArray(skipTopicInfo);
    sub.readArray(skipTopicInfo);
  });
  r.readTaggedFields();
}

function skipTopicInfo(r: Reader): void {
  r.readString();
  r.readInt32();
  r.readInt16();
  r.readArray(skipPair);
}

function skipPair(r: Reader): void {
  r.readString();
  r.readString();
}

function readMember(r: Reader): DescribedMember {
  const memberId = r.readString();
  r.readInt32();
  r.readNullableString();
  r.readNullableString();
  const clientId = r.readString();
  const clientHost = r.readString();
  r.readInt32();
  r.readString();
  r.readNullableStruct(() => skipEndpoint(r));
  r.readArray(skipPair);
  r.readArray(skipTaskOffset);
  r.readArray(skipTaskOffset);
  skipAssignment(r);
  skipAssignment(r);
  r.readBoolean();
  return { memberId, clientId, clientHost };
}

function skipEndpoint(r: Reader): void {
  r.readString();
  r.readUnsignedInt16();
  r.readTaggedFields();
}

function skipTaskOffset(r: Reader): void {
  r.readString();
  r.readInt32();
  r.readInt64();
}

function skipAssignment(r: Reader): void {
  for (let kind = 0; kind < 3; kind++) {
    r.readArray((task) => {
      task.readString();
      skipNumbers(task);
    });
  }
  r.readTaggedFields();
}

export const describeStreamsGroupsCall = kafkaCall(
  "StreamsGroupDescribe",
  createAPI<[groups: string[]], DescribeResponse>(89, 0, request, parse),
);
