import type { API } from "@platformatic/kafka";

/** One kind of request in the versions we speak, newest first, all with the same arguments and the same answer. */
export interface KafkaCall<Args extends unknown[], Response> {
  /** Its name in the protocol guide, which is also how brokers count it. */
  kind: string;
  key: number;
  apis: readonly API<Args, Response>[];
}

export function kafkaCall<Args extends unknown[], Response>(
  kind: string,
  ...apis: readonly API<Args, Response>[]
): KafkaCall<Args, Response> {
  const key = apis[0]?.key;
  if (key === undefined) throw new Error(`${kind} has no version`);
  return { kind, key, apis };
}
