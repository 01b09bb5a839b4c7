import type { ClusterRows } from "#lib/db/samples/cluster-rows.ts";
import { env } from "#lib/env.ts";
import type { ClusterReader } from "#lib/sources/kafka/cluster-reader.ts";
import { atMost, type Deadline, deadlineIn } from "#lib/sources/kafka/deadline.ts";
import { partitionKey } from "#lib/sources/kafka/partition-map.ts";
import type { Committed } from "#lib/sources/kafka/read-groups.ts";
import type { TopicEnds } from "#lib/sources/kafka/read-offsets.ts";
import { type Answer, asSourceError, type SourceError } from "#lib/sources/source-error.ts";
import { failedSample } from "../failed-sample.ts";
import { type ClusterInterest, type Interests, noInterest } from "../interests.ts";
import type { Sampled } from "../loop.ts";
import { ControlTails, type ControlRead } from "./control-tails.ts";
import { EventTimes, type EventTimesRead, type Position, uniquePositions } from "./event-times.ts";
import { GroupWatch } from "./group-watch.ts";
import { groupRows, logRows } from "./position-rows.ts";
import { Registries } from "./registries.ts";
import { knownSinks, type KnownSink } from "./known-sinks.ts";

export interface ClusterSamplingDeps {
  id: string;
  name: string;
  reader: ClusterReader;
  interests: () => Promise<Interests>;
  /** Keys of event times read before. */
  known: ReadonlySet<string>;
}

/** The part of an interval that a cycle may take. */
const CYCLE_SHARE = 0.8;
/** One step of a cycle may take so long, ms: what comes after it must have its time too. */
const STEP_MS = 4_000;

/**
 * One cycle after another on one cluster. The order matters: committed positions first and log ends after them, so that what
 * a position speaks of lies below the end beside it; positions before the control topics, so that what the sink had committed
 * is never ahead of what it had announced; event times last, since they are about the positions.
 */
export class ClusterSampling {
  private readonly deps: ClusterSamplingDeps;
  private readonly tails: ControlTails;
  private readonly eventTimes: EventTimes;
  private readonly groups: GroupWatch;
  private readonly registries = new Registries();

  constructor(deps: ClusterSamplingDeps) {
    this.deps = deps;
    this.tails = new ControlTails(deps.id, deps.reader);
    this.eventTimes = new EventTimes(deps.reader, deps.known);
    this.groups = new GroupWatch(deps.reader);
  }

  async sample(): Promise<Sampled> {
    const before = this.requests();
    const interest = (await this.deps.interests()).clusters.get(this.deps.name) ?? noInterest();
    const sinks = await knownSinks(interest);
    const deadline = deadlineIn(env.TIDEMARK_SAMPLING_INTERVAL_MS * CYCLE_SHARE);
    try {
      return await this.cycle(interest, sinks, deadline, before);
    } catch (error) {
      return failedSample(error, this.requests() - before);
    }
  }

  private async cycle(
    interest: ClusterInterest,
    sinks: readonly KnownSink[],
    deadline: Deadline,
    before: number,
  ): Promise<Sampled> {
    const { reader } = this.deps;
    const controlTopics = [...new Set(sinks.map(({ controlTopic }) => controlTopic))];
    const groups = [...new Set([...interest.groups, ...sinks.flatMap(({ group }) => [group, `${group}-coord`])])];
    const topics = [...new Set([...interest.topics, ...controlTopics])];

    const positionsAt = new Date();
    const committed = await reader.committed(groups, atMost(deadline, STEP_MS));
    const ends = await reader.logEnds(topics, atMost(deadline, STEP_MS));
    const endsAt = new Date();
    const control = await this.tails.read(controlTopics, atMost(deadline, STEP_MS));
    const times = await this.readEventTimes(interest, committed, ends, control, deadline);
    const seen = await this.groups.look(groups, atMost(deadline, STEP_MS));

    const rows: ClusterRows = {
      logs: logRows(topics, ends),
      groups: groupRows(groups, committed, ends, interest.readers),
      groupStates: seen.rows,
      eventTimes: times.rows,
      controlEvents: control.events,
    };
    const errors = [
      ...errorsOf(committed),
      ...errorsOf(ends),
      ...partitionErrors(ends),
      ...control.errors,
      ...times.errors,
      ...(seen.error ? [seen.error] : []),
    ];
    return { rows: { cluster: rows }, ...outcomeOf(errors), positionsAt, endsAt, requests: this.requests() - before };
  }

  private async readEventTimes(
    interest: ClusterInterest,
    committed: ReadonlyMap<string, Answer<Committed>>,
    ends: ReadonlyMap<string, Answer<TopicEnds>>,
    control: ControlRead,
    deadline: Deadline,
  ): Promise<EventTimesRead> {
    const positions = uniquePositions([...committedPositions(committed), ...announcedPositions(control)]);
    try {
      const avro = await this.registries.decoders(interest.registries);
      return await this.eventTimes.read({ specs: interest.eventTimes, ends, positions, avro, deadline });
    } catch (error) {
      return { rows: [], errors: [asSourceError(error)] };
    }
  }

  private requests(): number {
    return Object.values(this.deps.reader.requestTotals()).reduce((sum, count) => sum + count, 0);
  }
}

function* committedPositions(committed: ReadonlyMap<string, Answer<Committed>>): Generator<Position> {
  for (const answer of committed.values()) {
    if (!answer.ok) continue;
    for (const [topic, offsets] of answer.value) {
      for (const [partition, offset] of offsets) yield { topic, partition, offset };
    }
  }
}

/** How many announcements a partition are looked up at once: after a start, old ones are folded already. */
const NEWEST = 8;

/** Where a sink's workers said they stand: the table's position is folded from these. */
function announcedPositions(control: ControlRead): Position[] {
  const announced = control.events.flatMap(({ type, assignments }) =>
    type === "DATA_COMPLETE"
      ? (assignments ?? []).flatMap(({ topic, partition, offset }) =>
          offset === null ? [] : [{ topic, partition, offset: BigInt(offset) }],
        )
      : [],
  );
  return [...Map.groupBy(uniquePositions(announced), partitionKey).values()].flatMap((some) => some.slice(-NEWEST));
}

function errorsOf(answers: ReadonlyMap<string, Answer<unknown>>): SourceError[] {
  return [...answers.values()].flatMap((answer) => (answer.ok ? [] : [answer.error]));
}

function partitionErrors(ends: ReadonlyMap<string, Answer<TopicEnds>>): SourceError[] {
  return [...ends.values()].flatMap((answer) => (answer.ok ? answer.value.errors.flatMap((error) => error ?? []) : []));
}

/** The first error stands for all: rows say which of them concerns what. */
function outcomeOf(errors: readonly SourceError[]): Pick<Sampled, "outcome" | "errorCode" | "error"> {
  const first = errors[0];
  if (!first) return { outcome: "ok", errorCode: null, error: null };
  const others = new Set(errors.map(({ message }) => message)).size - 1;
  const error = others > 0 ? `${first.message} (and ${others} more)` : first.message;
  return { outcome: "partial", errorCode: first.code, error };
}
