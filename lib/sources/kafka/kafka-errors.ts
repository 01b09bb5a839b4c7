import { SourceError, type SourceErrorCode } from "../source-error.ts";

/** What a Kafka error code was about, and which right it would take. */
export interface Subject {
  kind: "topic" | "group" | "cluster";
  name: string;
  /** The operation to grant when the code says that it is denied. */
  needs: "DESCRIBE" | "READ" | "DESCRIBE_CONFIGS";
}

interface Meaning {
  code: SourceErrorCode;
  says: string;
}

const busy = (says: string): Meaning => ({ code: "unavailable", says });

/** Kafka's error codes as the protocol guide numbers them; those that are not here are told by number. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  1: { code: "error", says: "the offset is outside the log" },
  3: { code: "not-found", says: "it does not exist" },
  5: busy("a partition has no leader"),
  6: busy("leadership moved"),
  7: { code: "timeout", says: "the broker did not answer in time" },
  8: { code: "unreachable", says: "the broker could not be reached" },
  9: busy("the replica is not available"),
  13: busy("the broker lost a connection of its own"),
  14: busy("the group coordinator is loading"),
  15: busy("the group coordinator is not available"),
  16: busy("the group coordinator moved"),
  17: { code: "not-found", says: "that is no valid topic name" },
  24: { code: "not-found", says: "that is no valid group name" },
  35: { code: "unsupported", says: "the broker does not know this request" },
  43: { code: "unsupported", says: "the log's message format is too old" },
  58: { code: "auth-failed", says: "the sign-in was refused" },
  69: { code: "not-found", says: "there is no such group of that kind" },
  72: busy("the broker has no listener for us"),
  74: busy("leadership moved"),
  75: busy("leadership moved"),
  78: busy("the new leader is catching up"),
  88: busy("a transaction on the offsets is open"),
  89: busy("our quota is exceeded"),
  100: { code: "not-found", says: "its topic id is not known any more" },
};

const DENIED = new Set([29, 30, 31]);
const TOPIC_UNKNOWN = new Set([3, 100]);
const LEADER_MOVED = new Set([5, 6, 9, 74, 75, 78, 103]);
const COORDINATOR_MOVED = new Set([15, 16]);

/** A broker's error code in our words; a denied one says what to grant to whom. */
export function kafkaError(kafkaCode: number, subject: Subject, principal: string): SourceError {
  const what = subject.kind === "cluster" ? "the cluster" : `${subject.kind} ${subject.name}`;
  if (DENIED.has(kafkaCode)) {
    return new SourceError("not-authorized", `Grant ${subject.needs} on ${what} to ${principal}`, { kafkaCode });
  }
  const meaning = MEANINGS[kafkaCode] ?? { code: "error", says: `Kafka error ${kafkaCode}` };
  return new SourceError(meaning.code, `Reading ${what} failed: ${meaning.says}`, { kafkaCode });
}

const CODE_OF: Partial<Record<SourceErrorCode, number>> = { "auth-failed": 58, unsupported: 35, "not-found": 3 };
/** Leader or coordinator not available: what a broker that could not be asked means for what it holds. */
const AWAY = { topic: 5, group: 15 } as const;
const UNKNOWN = -1;

/** The number a failure is stored under: the broker's own, else the Kafka code that means the same. */
export function storedCode(error: SourceError, of: "topic" | "group"): number {
  const isAway = error.retryable || error.code === "refused-address";
  return error.kafkaCode ?? CODE_OF[error.code] ?? (isAway ? AWAY[of] : UNKNOWN);
}

/** Whether a partition may be found elsewhere once the metadata is read again. */
export function isRoutingError(error: SourceError): boolean {
  if (error.kafkaCode === null) return error.code === "unreachable";
  return LEADER_MOVED.has(error.kafkaCode) || TOPIC_UNKNOWN.has(error.kafkaCode);
}

/** Whether a group may be found elsewhere once its coordinator is asked for again. */
export function isCoordinatorError(error: SourceError): boolean {
  if (error.kafkaCode === null) return error.code === "unreachable";
  return COORDINATOR_MOVED.has(error.kafkaCode);
}

/** What the client library threw, in our words: `broker` is "broker 1 at host:port". */
export function connectionError(error: unknown, broker: string): SourceError {
  if (error instanceof SourceError) return error;
  const chain = causes(error);
  const names = chain.map((one) => one.constructor.name);
  const texts = chain.flatMap((one) => [one.message, serverMessage(one)]).filter((text) => text !== "");
  const last = texts.at(-1) ?? "no reason given";
  if (names.includes("AuthenticationError") || texts.some((text) => /SASL|SCRAM|authenticat/i.test(text))) {
    return new SourceError("auth-failed", `The sign-in at ${broker} was refused: ${last}`, { cause: error });
  }
  if (names.includes("TimeoutError"))
    return new SourceError("timeout", `${upper(broker)} did not answer in time`, { cause: error });
  const codes = chain.map((one) => ("code" in one ? String(one.code) : ""));
  if (
    texts.some((text) => /TLS/.test(text)) ||
    codes.some((code) => /CERT|SSL|TLS|ALTNAME|SELF_SIGNED|VERIFY/.test(code))
  ) {
    return new SourceError("auth-failed", `TLS with ${broker} failed: ${last}`, { cause: error });
  }
  if (names.includes("NetworkError") || codes.some((code) => /^E[A-Z]+$/.test(code))) {
    return new SourceError("unreachable", `${upper(broker)} could not be reached: ${last}`, { cause: error });
  }
  return new SourceError("malformed", `The answer of ${broker} was not understood: ${last}`, { cause: error });
}

/** An error, what caused it, and the first of several errors, outermost first. */
function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let one: unknown = error; one instanceof Error && chain.length < 8;) {
    chain.push(one);
    const several = "errors" in one && Array.isArray(one.errors) ? (one.errors[0] as unknown) : undefined;
    one = one.cause ?? several;
  }
  return chain;
}

function serverMessage(error: Error): string {
  return "serverErrorMessage" in error && typeof error.serverErrorMessage === "string" ? error.serverErrorMessage : "";
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
