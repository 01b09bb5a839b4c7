import { type Answer, answered, asSourceError, failed, SourceError } from "../source-error.ts";
import type { Deadline } from "./deadline.ts";
import { isCoordinatorError, kafkaError } from "./kafka-errors.ts";
import { type DescribeResponse, describeShareGroupsCall } from "./protocol/describe-share-group.ts";
import { describeStreamsGroupsCall } from "./protocol/describe-streams-group.ts";
import {
  describeConsumerGroupsCall,
  describeGroupsCall,
  listGroupsCall,
  OFFSET_FETCH_BATCHES_FROM,
  offsetFetchCall,
  type OffsetFetchResponse,
} from "./protocol/library-calls.ts";
import type { OffsetsDeps } from "./read-offsets.ts";
import { forEach } from "./routing.ts";

/** Topic → partition → committed offset. What a group never committed is not there. */
export type Committed = Map<string, Map<number, bigint>>;

export type GroupType = "classic" | "consumer" | "share" | "streams";

export interface GroupListing {
  groupId: string;
  type: GroupType;
  /** As the broker says it: Stable, Empty, PreparingRebalance, … */
  state: string;
}

export interface GroupDescription extends GroupListing {
  members: { memberId: string; clientId: string; clientHost: string }[];
}

/**
 * Committed offsets of groups: one request a coordinator, and one more after a move. A group that nobody knows answers with
 * nothing, and so does a share group, which keeps its offsets elsewhere: look at its type before reading nothing as "no commit".
 */
export function committed(
  deps: OffsetsDeps,
  groups: readonly string[],
  deadline: Deadline,
): Promise<Map<string, Answer<Committed>>> {
  return atCoordinators(deps, groups, deadline, async (broker, some) => {
    const link = deps.links.link(broker);
    const isBatched = (await link.versionOf(offsetFetchCall, deadline)) >= OFFSET_FETCH_BATCHES_FROM;
    const batches = isBatched ? [some] : some.map((group) => [group]);
    const answers = new Map<string, Answer<Committed>>();
    for (const batch of batches) {
      const asked = batch.map((groupId) => ({ groupId, memberId: null, memberEpoch: -1, topics: null }));
      const answer = await link.call(offsetFetchCall, deadline, asked, false);
      for (const group of groupsOf(answer, batch)) answers.set(group.groupId, readCommitted(deps, group));
    }
    return answers;
  });
}

function groupsOf(answer: OffsetFetchResponse, batch: readonly string[]): OffsetFetchResponse["groups"] {
  if (answer.groups.length > 0 || answer.topics === undefined) return answer.groups;
  return [{ groupId: batch[0] ?? "", errorCode: answer.errorCode ?? 0, topics: answer.topics }];
}

function readCommitted(deps: OffsetsDeps, group: OffsetFetchResponse["groups"][number]): Answer<Committed> {
  if (group.errorCode !== 0) return failed(groupError(deps, group.groupId, group.errorCode));
  const offsets: Committed = new Map();
  for (const { name, partitions } of group.topics) {
    const known = partitions.filter(({ errorCode, committedOffset }) => errorCode === 0 && committedOffset >= 0n);
    if (known.length > 0) offsets.set(name, new Map(known.map((one) => [one.partitionIndex, one.committedOffset])));
  }
  return answered(offsets);
}

/** Groups of every type that we may see. Each broker lists those it coordinates: `errors` are the brokers that did not. */
export async function listGroups(
  { links, routing }: OffsetsDeps,
  deadline: Deadline,
): Promise<{ groups: GroupListing[]; errors: SourceError[] }> {
  if (links.brokerIds.length === 0) await routing.topics([], deadline);
  const replies = await forEach(links.brokerIds, (broker) => links.link(broker).call(listGroupsCall, deadline, [], []));
  const groups: GroupListing[] = [];
  const errors: SourceError[] = [];
  for (const reply of replies.values()) {
    if (!reply.ok) errors.push(reply.error);
    else if (reply.value.errorCode !== 0) {
      const subject = { kind: "cluster", name: "", needs: "DESCRIBE" } as const;
      errors.push(kafkaError(reply.value.errorCode, subject, links.principal));
    } else groups.push(...reply.value.groups.map(readListing));
  }
  return { groups, errors };
}

function readListing(group: { groupId: string; groupState: string; groupType?: string }): GroupListing {
  const type = (group.groupType ?? "classic").toLowerCase();
  return { groupId: group.groupId, type: isGroupType(type) ? type : "classic", state: group.groupState };
}

function isGroupType(type: string): type is GroupType {
  return type === "classic" || type === "consumer" || type === "share" || type === "streams";
}

/** Members and state, each group by the request of its own type: DescribeGroups calls a group of another type "Dead". */
export async function describeGroups(
  deps: OffsetsDeps,
  groups: readonly { groupId: string; type: GroupType }[],
  deadline: Deadline,
): Promise<Map<string, Answer<GroupDescription>>> {
  const typeOf = new Map(groups.map(({ groupId, type }) => [groupId, type]));
  return atCoordinators(deps, [...typeOf.keys()], deadline, async (broker, some) => {
    const byType = Map.groupBy(some, (group) => typeOf.get(group) ?? "classic");
    const replies = await forEach(byType.keys(), (type) =>
      describe(deps, broker, type, byType.get(type) ?? [], deadline),
    );
    const answers = new Map<string, Answer<GroupDescription>>();
    for (const [type, reply] of replies) {
      if (!reply.ok) for (const group of byType.get(type) ?? []) answers.set(group, failed(reply.error));
      else for (const group of reply.value.groups) answers.set(group.groupId, readDescription(deps, type, group));
    }
    return answers;
  });
}

function describe(
  deps: OffsetsDeps,
  broker: number,
  type: GroupType,
  groups: string[],
  deadline: Deadline,
): Promise<DescribeResponse> {
  const link = deps.links.link(broker);
  switch (type) {
    case "classic":
      return link.call(describeGroupsCall, deadline, groups, false);
    case "consumer":
      return link.call(describeConsumerGroupsCall, deadline, groups, false);
    case "share":
      return link.call(describeShareGroupsCall, deadline, groups);
    case "streams":
      return link.call(describeStreamsGroupsCall, deadline, groups);
  }
}

function readDescription(
  deps: OffsetsDeps,
  type: GroupType,
  group: DescribeResponse["groups"][number],
): Answer<GroupDescription> {
  if (group.errorCode !== 0) return failed(groupError(deps, group.groupId, group.errorCode));
  const members = group.members.map(({ memberId, clientId, clientHost }) => ({ memberId, clientId, clientHost }));
  return answered({ groupId: group.groupId, type, state: group.groupState, members });
}

function groupError({ links }: OffsetsDeps, name: string, code: number): SourceError {
  return kafkaError(code, { kind: "group", name, needs: "DESCRIBE" }, links.principal);
}

type ByGroup<T> = Map<string, Answer<T>>;

/** Asks each coordinator for its groups; those whose coordinator moved are asked for once more where they are now. */
async function atCoordinators<T>(
  deps: OffsetsDeps,
  groups: readonly string[],
  deadline: Deadline,
  ask: (broker: number, groups: string[]) => Promise<ByGroup<T>>,
): Promise<ByGroup<T>> {
  const first = await askCoordinators(deps, groups, deadline, ask);
  const moved = groups.filter((group) => {
    const answer = first.get(group);
    return answer && !answer.ok && isCoordinatorError(answer.error);
  });
  if (moved.length === 0) return first;
  deps.routing.forgetCoordinators(moved);
  const second = await askCoordinators(deps, moved, deadline, ask);
  return new Map([...first, ...second]);
}

async function askCoordinators<T>(
  { routing }: OffsetsDeps,
  groups: readonly string[],
  deadline: Deadline,
  ask: (broker: number, groups: string[]) => Promise<ByGroup<T>>,
): Promise<ByGroup<T>> {
  const answers: ByGroup<T> = new Map();
  const found = await routing.coordinators(groups, deadline);
  const routed = groups.flatMap((group) => {
    const coordinator = found.get(group);
    if (coordinator?.ok) return [{ group, broker: coordinator.value }];
    if (coordinator) answers.set(group, failed(coordinator.error));
    return [];
  });
  const byBroker = Map.groupBy(routed, ({ broker }) => broker);
  const replies = await forEach(byBroker.keys(), (broker) =>
    ask(
      broker,
      (byBroker.get(broker) ?? []).map(({ group }) => group),
    ),
  );
  for (const [broker, reply] of replies) {
    for (const { group } of byBroker.get(broker) ?? []) {
      const missing = failed(new SourceError("malformed", `Nothing was told of group ${group}`));
      answers.set(group, reply.ok ? (reply.value.get(group) ?? missing) : failed(asSourceError(reply.error)));
    }
  }
  return answers;
}
