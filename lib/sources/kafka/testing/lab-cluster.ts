import {
  Admin,
  Connection,
  createAPI,
  deleteRecordsV2,
  offsetCommitV8,
  Producer,
  type ProducerOptions,
  type Reader,
  stringSerializers,
  Writer,
} from "@platformatic/kafka";
import { randomBytes } from "node:crypto";
import { connection, type LabConnection } from "../../../../lab/api.ts";
import { type ClusterReader, openCluster } from "../cluster-reader.ts";

export type LabUser = keyof LabConnection["users"];

/** The lab's Kafka as tests of the reader use it: readers as any user, and an admin to set the scene. */
export class LabCluster {
  /** Before the names of all that this file makes, so that files do not meet. */
  readonly prefix = `sources-${randomBytes(3).toString("hex")}`;
  private readonly lab = connection();
  private readonly opened: { close: () => unknown }[] = [];

  reader(
    user: LabUser,
    ceilings?: ReadonlyMap<string, number>,
    changes: { password?: string; bootstrap?: string[] } = {},
  ): ClusterReader {
    const { username, password } = this.lab.users[user];
    const config = {
      bootstrap: changes.bootstrap ?? this.lab.bootstrap,
      sasl: { mechanism: this.lab.mechanism, username },
      tls: null,
      storage: "shared-nothing",
      superUsers: null,
      allowIfNoAcl: null,
      trusted: true,
    } as const;
    const reader = openCluster(
      { ...config, bootstrap: [...config.bootstrap] },
      { password: changes.password ?? password },
      ceilings,
    );
    this.opened.push(reader);
    return reader;
  }

  admin(): Admin {
    const admin = new Admin(this.options());
    this.opened.push(admin);
    return admin;
  }

  producer(
    more: Pick<ProducerOptions<string, string, string, string>, "compression" | "transactionalId" | "idempotent">,
  ) {
    const options = { ...this.options(), serializers: stringSerializers, ...more };
    const producer = new Producer<string, string, string, string>(options);
    this.opened.push(producer);
    return producer;
  }

  /** Commits offset 0 of one topic for each group, without members, at whichever broker coordinates it. */
  async commit(groups: readonly { groupId: string; topic: string }[]): Promise<void> {
    const connections = await Promise.all(this.lab.bootstrap.map((address) => this.connect(address)));
    for (const { groupId, topic } of groups) {
      const offsets = [{ partitionIndex: 0, committedOffset: 0n, committedLeaderEpoch: -1, committedMetadata: null }];
      const tries = connections.map((one) =>
        offsetCommitV8.api.async(one, groupId, -1, "", null, [{ name: topic, partitions: offsets }]),
      );
      const done = await Promise.allSettled(tries);
      if (done.every(({ status }) => status === "rejected")) throw new Error(`No broker took an offset of ${groupId}`);
    }
  }

  /** Deletes the records before an offset, as retention does. */
  async trim(topic: string, partition: number, offset: bigint): Promise<void> {
    const asked = [{ name: topic, partitions: [{ partitionIndex: partition, offset }] }];
    const tries = this.lab.bootstrap.map(async (address) =>
      deleteRecordsV2.api.async(await this.connect(address), asked, 10_000),
    );
    const done = await Promise.allSettled(tries);
    if (done.every(({ status }) => status === "rejected")) throw new Error(`No broker trimmed ${topic}`);
  }

  /** Makes a group of one member by the heartbeat of its type. */
  async join(type: keyof typeof HEARTBEATS, groupId: string, topic: string): Promise<void> {
    const codes: number[] = [];
    for (const address of this.lab.bootstrap) {
      const member = randomBytes(16).toString("base64url");
      codes.push(await HEARTBEATS[type].async(await this.connect(address), groupId, member, topic));
      if (codes.at(-1) === 0) return;
    }
    throw new Error(`No broker took ${groupId}: ${codes.join(", ")}`);
  }

  /** Requests the brokers have served, by kind and version: "ListOffsets 11". */
  async served(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const url of this.lab.requestCountUrls) {
      const text = await (await fetch(url)).text();
      for (const line of text.trim().split("\n")) {
        const [kind = "", version = "", count = "0"] = line.split(" ");
        counts.set(`${kind} ${version}`, (counts.get(`${kind} ${version}`) ?? 0) + Number(count));
      }
    }
    return counts;
  }

  get brokers(): number {
    return this.lab.bootstrap.length;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.opened.map((one) => one.close()));
  }

  private options() {
    const { username, password } = this.lab.users.admin;
    const sasl = { mechanism: this.lab.mechanism, username, password };
    return {
      clientId: this.prefix,
      bootstrapBrokers: [...this.lab.bootstrap],
      sasl,
      timeout: 30_000,
      requestTimeout: 30_000,
    };
  }

  private async connect(address: string): Promise<Connection> {
    const { username, password } = this.lab.users.admin;
    const made = new Connection(this.prefix, { sasl: { mechanism: this.lab.mechanism, username, password } });
    const [host = "", port] = address.split(":");
    await made.connect(host, Number(port));
    this.opened.push(made);
    return made;
  }
}

/** Says the same thing again until it is true, or fails with what it was last. */
export async function eventually<T>(
  look: () => Promise<T>,
  isRight: (seen: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (Date.now() > until) return seen;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const NEW_MEMBER = 0;
type Heartbeat = [groupId: string, member: string, topic: string];

const begin = (groupId: string, member: string) =>
  Writer.create().appendString(groupId).appendString(member).appendInt32(NEW_MEMBER);
const names = (writer: Writer, all: string[]) =>
  writer.appendArray(all, (w, name) => w.appendString(name), true, false);

function readErrorCode(_correlation: number, _key: number, _version: number, reader: Reader): number {
  reader.readInt32();
  return reader.readInt16();
}

/** First heartbeats, from Kafka's message/…GroupHeartbeatRequest.json. */
const HEARTBEATS = {
  consumer: createAPI<Heartbeat, number>(
    68,
    0,
    (groupId: string, member: string, topic: string) =>
      names(begin(groupId, member).appendString(null).appendString(null).appendInt32(30_000), [topic])
        .appendString(null)
        .appendArray([], () => undefined)
        .appendTaggedFields(),
    readErrorCode,
  ),
  share: createAPI<Heartbeat, number>(
    76,
    1,
    (groupId: string, member: string, topic: string) =>
      names(begin(groupId, member).appendString(null), [topic]).appendTaggedFields(),
    readErrorCode,
  ),
  streams: createAPI<Heartbeat, number>(88, 0, streamsHeartbeat, readErrorCode),
};

function streamsHeartbeat(groupId: string, member: string, topic: string): Writer {
  const none = () => undefined;
  const writer = begin(groupId, member).appendInt32(0).appendString(null).appendString(null).appendInt32(30_000);
  writer.appendInt8(1).appendInt32(0);
  writer.appendArray(["0"], (w, id) => {
    names(names(w.appendString(id), [topic]), []).appendArray([], none);
    names(w, []).appendArray([], none).appendArray([], none);
  });
  writer.appendTaggedFields();
  writer.appendArray([], none).appendArray([], none).appendArray([], none).appendString("process");
  return writer
    .appendInt8(-1)
    .appendArray([], none)
    .appendArray(null, none)
    .appendArray(null, none)
    .appendBoolean(false)
    .appendTaggedFields();
}
