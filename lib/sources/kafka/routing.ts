import { type Answer, answered, asSourceError, failed, SourceError } from "../source-error.ts";
import type { ClusterLinks } from "./cluster-links.ts";
import type { Deadline } from "./deadline.ts";
import { kafkaError } from "./kafka-errors.ts";
import {
  FIND_COORDINATOR_BATCHES_FROM,
  findCoordinatorCall,
  metadataCall,
  type MetadataResponse,
} from "./protocol/library-calls.ts";

export interface TopicInfo {
  /** A UUID; a topic that was deleted and made anew has another. */
  topicId: string;
  /** Index = partition; null while it has no leader. */
  leaders: (number | null)[];
}

const KEPT_MS = 60_000;
/** What was missing or denied is looked up again sooner. */
const FAILED_KEPT_MS = 15_000;
const GROUP = 0;

/** Several requests of one cycle that hit the same move bring one new look. */
const JUST_NOW_MS = 500;

interface Kept<T> {
  answer: Answer<T>;
  since: number;
  until: number;
}

function forget(kept: Map<string, Kept<unknown>>, names: Iterable<string>): void {
  const now = performance.now();
  for (const name of names) {
    const one = kept.get(name);
    if (one && one.since + JUST_NOW_MS < now) one.until = 0;
  }
}

/**
 * Where things are: topics' ids and leaders, groups' coordinators. Kept for a minute; `forget…` after an error that says
 * they moved. A steady cycle asks nothing here, a refreshing one two requests.
 */
export class Routing {
  readonly #links: ClusterLinks;
  #topics = new Map<string, Kept<TopicInfo>>();
  #coordinators = new Map<string, Kept<number>>();
  #refreshing: Promise<void> = Promise.resolve();

  constructor(links: ClusterLinks) {
    this.#links = links;
  }

  /** Every name has an answer. When no broker answers at all this throws. */
  async topics(names: readonly string[], deadline: Deadline): Promise<Map<string, Answer<TopicInfo>>> {
    // One after the other: two that miss the same topic ask once.
    const turn = this.#refreshing.then(() => this.#refreshTopics(names, deadline));
    this.#refreshing = turn.catch(() => undefined);
    await turn;
    return new Map(names.map((name) => [name, this.#topics.get(name)?.answer ?? failed(unknownTopic(name))]));
  }

  forgetTopics(names: Iterable<string>): void {
    forget(this.#topics, names);
  }

  /** Broker ids by group. When no broker answers at all this throws. */
  async coordinators(groups: readonly string[], deadline: Deadline): Promise<Map<string, Answer<number>>> {
    const now = performance.now();
    const missing = groups.filter((group) => (this.#coordinators.get(group)?.until ?? 0) <= now);
    if (missing.length > 0) {
      if (this.#links.brokerIds.length === 0) await this.topics([], deadline);
      await this.#findCoordinators(missing, deadline);
    }
    return new Map(
      groups.map((group) => [group, this.#coordinators.get(group)?.answer ?? failed(noCoordinator(group))]),
    );
  }

  forgetCoordinators(groups: Iterable<string>): void {
    forget(this.#coordinators, groups);
  }

  async #refreshTopics(names: readonly string[], deadline: Deadline): Promise<void> {
    const now = performance.now();
    const isFresh = (name: string) => (this.#topics.get(name)?.until ?? 0) > now;
    if (names.every(isFresh) && this.#links.brokerIds.length > 0) return;
    // One answer brings all that is known up to date, so that topics do not fall due one by one.
    const wanted = [...new Set([...names, ...this.#topics.keys()])];
    const answer = await this.#links.askAny(metadataCall, deadline, wanted, false);
    this.#links.setBrokers(answer.brokers);
    this.#topics = new Map(
      answer.topics.flatMap((topic): [string, Kept<TopicInfo>][] => {
        if (topic.name == null) return [];
        const known = this.#readTopic(topic);
        const settled = known.ok && known.value.leaders.every((leader) => leader !== null);
        const until = now + (settled ? KEPT_MS : FAILED_KEPT_MS);
        return [[topic.name, { answer: known, since: performance.now(), until }]];
      }),
    );
  }

  #readTopic(topic: MetadataResponse["topics"][number]): Answer<TopicInfo> {
    const name = topic.name ?? "";
    if (topic.errorCode !== 0 && topic.partitions.length === 0) {
      return failed(kafkaError(topic.errorCode, { kind: "topic", name, needs: "DESCRIBE" }, this.#links.principal));
    }
    const leaders: (number | null)[] = [];
    for (const partition of topic.partitions) {
      leaders[partition.partitionIndex] = partition.leaderId >= 0 ? partition.leaderId : null;
    }
    return answered({ topicId: canonicalId(topic.topicId), leaders: Array.from(leaders, (leader) => leader ?? null) });
  }

  async #findCoordinators(groups: readonly string[], deadline: Deadline): Promise<void> {
    const version = await this.#links.anyVersionOf(findCoordinatorCall, deadline);
    const batches = version >= FIND_COORDINATOR_BATCHES_FROM ? [[...groups]] : groups.map((group) => [group]);
    for (const batch of batches) {
      const { coordinators } = await this.#links.askAny(findCoordinatorCall, deadline, GROUP, batch);
      coordinators.forEach(({ key, nodeId, host, port, errorCode }, index) => {
        if (errorCode === 0) this.#links.addBroker(nodeId, { host, port });
        const group = key === "" ? (batch[index] ?? key) : key;
        const subject = { kind: "group", name: group, needs: "DESCRIBE" } as const;
        const answer =
          errorCode === 0 ? answered(nodeId) : failed(kafkaError(errorCode, subject, this.#links.principal));
        const since = performance.now();
        this.#coordinators.set(group, { answer, since, until: since + (answer.ok ? Infinity : FAILED_KEPT_MS) });
      });
    }
  }
}

/** Topic ids as UUIDs with dashes, whichever way they were written. */
export function canonicalId(id: string): string {
  const hex = id.replaceAll("-", "");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function unknownTopic(name: string): SourceError {
  return new SourceError("not-found", `Topic ${name} does not exist`, { kafkaCode: 3 });
}

function noCoordinator(group: string): SourceError {
  return new SourceError("unavailable", `No coordinator of group ${group} was found`, { kafkaCode: 15 });
}

/** Runs `work` for each key at once; a failed one is an error for that key alone. */
export async function forEach<K, T>(keys: Iterable<K>, work: (key: K) => Promise<T>): Promise<Map<K, Answer<T>>> {
  const all = [...keys].map(async (key): Promise<[K, Answer<T>]> => {
    try {
      return [key, answered(await work(key))];
    } catch (error) {
      return [key, failed(asSourceError(error))];
    }
  });
  return new Map(await Promise.all(all));
}
