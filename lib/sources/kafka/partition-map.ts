export interface TopicPartition {
  topic: string;
  partition: number;
}

/** A topic name cannot hold a slash, so this is unambiguous. */
export function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
