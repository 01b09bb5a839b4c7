import {
  type API,
  apiVersionsV3,
  consumerGroupDescribeV0,
  describeConfigsV4,
  describeGroupsV5,
  findCoordinatorV3,
  findCoordinatorV4,
  findCoordinatorV5,
  findCoordinatorV6,
  listGroupsV4,
  listGroupsV5,
  metadataV10,
  metadataV11,
  metadataV12,
  offsetFetchV7,
  offsetFetchV8,
  offsetFetchV9,
} from "@platformatic/kafka";
import type { DescribeResponse } from "./describe-share-group.ts";
import { kafkaCall } from "./kafka-call.ts";

/**
 * Requests that the client library brings. Its parsers throw when an item failed, with the whole answer on the error:
 * `BrokerLink` takes that answer, so callers look at each item's own error code.
 */
type Calls<Args extends unknown[], Response> = readonly API<Args, Response>[];

export const apiVersionsCall = kafkaCall("ApiVersions", apiVersionsV3.api);

export type MetadataResponse = metadataV12.MetadataResponse;

export const metadataCall = kafkaCall(
  "Metadata",
  ...([metadataV12.api, metadataV11.api, metadataV10.api] as unknown as Calls<
    [topics: string[] | null, autoCreate: false],
    MetadataResponse
  >),
);

/** Versions before 4 look up one group at a time. */
export const findCoordinatorCall = kafkaCall(
  "FindCoordinator",
  ...([findCoordinatorV6.api, findCoordinatorV5.api, findCoordinatorV4.api, findCoordinatorV3.api] as unknown as Calls<
    [keyType: 0, groups: string[]],
    findCoordinatorV6.FindCoordinatorResponse
  >),
);
export const FIND_COORDINATOR_BATCHES_FROM = 4;

export interface OffsetFetchResponse {
  /** Of the one group asked for, before version 8. */
  topics?: OffsetFetchTopic[];
  errorCode?: number;
  groups: { groupId: string; errorCode: number; topics: OffsetFetchTopic[] }[];
}

interface OffsetFetchTopic {
  name: string;
  partitions: { partitionIndex: number; committedOffset: bigint; errorCode: number }[];
}

/** Versions before 8 answer for one group at a time. */
export const offsetFetchCall = kafkaCall(
  "OffsetFetch",
  ...([offsetFetchV9.api, offsetFetchV8.api, offsetFetchV7.api] as unknown as Calls<
    [groups: { groupId: string; memberId: null; memberEpoch: number; topics: null }[], requireStable: boolean],
    OffsetFetchResponse
  >),
);
export const OFFSET_FETCH_BATCHES_FROM = 8;

export interface ListGroupsResponse {
  errorCode: number;
  /** The type is told from version 5 on. */
  groups: { groupId: string; protocolType: string; groupState: string; groupType?: string }[];
}

export const listGroupsCall = kafkaCall(
  "ListGroups",
  ...([listGroupsV5.api, listGroupsV4.api] as unknown as Calls<[states: never[], types: string[]], ListGroupsResponse>),
);

export const describeGroupsCall = kafkaCall(
  "DescribeGroups",
  describeGroupsV5.api as unknown as API<[groups: string[], operations: boolean], DescribeResponse>,
);

export const describeConsumerGroupsCall = kafkaCall(
  "ConsumerGroupDescribe",
  consumerGroupDescribeV0.api as unknown as API<[groups: string[], operations: boolean], DescribeResponse>,
);

export const describeConfigsCall = kafkaCall(
  "DescribeConfigs",
  describeConfigsV4.api as unknown as API<
    [resources: describeConfigsV4.DescribeConfigsRequestResource[], synonyms: boolean, documentation: boolean],
    describeConfigsV4.DescribeConfigsResponse
  >,
);
