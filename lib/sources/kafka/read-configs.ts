import { type Answer, answered, asSourceError, failed } from "../source-error.ts";
import type { Deadline } from "./deadline.ts";
import { kafkaError } from "./kafka-errors.ts";
import { describeConfigsCall } from "./protocol/library-calls.ts";
import type { OffsetsDeps } from "./read-offsets.ts";

export type ConfigResource = { type: "topic"; name: string } | { type: "broker"; id: number };

export interface ConfigValue {
  /** Null when the broker hides it. */
  value: string | null;
  isSensitive: boolean;
  isDefault: boolean;
}

const TOPIC = 2;
const BROKER = 4;
const DEFAULT_CONFIG = 5;

/** Configuration of topics (one request for all) and of brokers (each asked itself), in the order of `resources`. */
export async function configs(
  deps: OffsetsDeps,
  resources: readonly ConfigResource[],
  deadline: Deadline,
): Promise<Answer<Map<string, ConfigValue>>[]> {
  const topics = resources.flatMap((one) => (one.type === "topic" ? [one.name] : []));
  const brokers = resources.flatMap((one) => (one.type === "broker" ? [one.id] : []));
  if (deps.links.brokerIds.length === 0) await deps.routing.topics([], deadline);
  const asks = [
    ...(topics.length > 0 ? [askTopics(deps, topics, deadline)] : []),
    ...brokers.map((id) => askBroker(deps, id, deadline)),
  ];
  const found = new Map((await Promise.all(asks)).flatMap((some) => [...some]));
  const nothing = failed(asSourceError(new Error("The broker did not answer for it")));
  return resources.map(
    (one) => found.get(one.type === "topic" ? `${TOPIC}/${one.name}` : `${BROKER}/${one.id}`) ?? nothing,
  );
}

type Found = Map<string, Answer<Map<string, ConfigValue>>>;

async function askTopics(deps: OffsetsDeps, names: string[], deadline: Deadline): Promise<Found> {
  const asked = names.map((resourceName) => ({ resourceType: TOPIC, resourceName }) as const);
  try {
    return read(deps, await deps.links.askAny(describeConfigsCall, deadline, asked, false, false));
  } catch (error) {
    return new Map(names.map((name) => [`${TOPIC}/${name}`, failed(asSourceError(error))]));
  }
}

async function askBroker(deps: OffsetsDeps, id: number, deadline: Deadline): Promise<Found> {
  try {
    const asked = [{ resourceType: BROKER, resourceName: String(id) }] as const;
    return read(deps, await deps.links.link(id).call(describeConfigsCall, deadline, [...asked], false, false));
  } catch (error) {
    return new Map([[`${BROKER}/${id}`, failed(asSourceError(error))]]);
  }
}

type Response = Awaited<ReturnType<(typeof describeConfigsCall.apis)[number]["async"]>>;

function read(deps: OffsetsDeps, response: Response): Found {
  return new Map(
    response.results.map(({ resourceType, resourceName, errorCode, configs: values }) => {
      const kind = resourceType === TOPIC ? "topic" : "cluster";
      const subject = { kind, name: resourceName, needs: "DESCRIBE_CONFIGS" } as const;
      if (errorCode !== 0)
        return [`${resourceType}/${resourceName}`, failed(kafkaError(errorCode, subject, deps.links.principal))];
      const map = new Map(
        values.map(({ name, value, isSensitive, configSource }): [string, ConfigValue] => [
          name,
          { value: value ?? null, isSensitive, isDefault: configSource === DEFAULT_CONFIG },
        ]),
      );
      return [`${resourceType}/${resourceName}`, answered(map)];
    }),
  );
}
