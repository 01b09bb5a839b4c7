import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../source-error.ts";
import { deadlineIn } from "./deadline.ts";
import { partitionKey } from "./partition-map.ts";
import type { RecordQuery } from "./record-search.ts";
import { eventually, LabCluster } from "./testing/lab-cluster.ts";

const cluster = new LabCluster();
const soon = () => deadlineIn(15_000);
const enough = () => ({ deadline: soon(), maxBytes: 1 << 26 });
const codecs = `${cluster.prefix}-codecs`;
const log = `${cluster.prefix}-log`;
const CODECS = ["none", "gzip", "snappy", "lz4", "zstd"] as const;

/** The value, or a failed test that says why there is none. */
function valueOf<T>(answer: Answer<T> | undefined | null): T {
  if (!answer) throw new Error("There is no answer");
  if (!answer.ok) throw answer.error;
  return answer.value;
}

beforeAll(async () => {
  const admin = cluster.admin();
  await admin.createTopics({ topics: [codecs, log], partitions: CODECS.length, replicas: cluster.brokers });
  for (const [partition, compression] of CODECS.entries()) {
    const producer = cluster.producer({ compression });
    const messages = ["first", "second", "large ".repeat(20_000)].map((value, index) => ({
      topic: codecs,
      partition,
      key: `k${index}`,
      value,
      timestamp: BigInt(1_795_000_000_000 + index),
      headers: { codec: compression },
    }));
    await producer.send({ messages, acks: -1 });
  }
});

afterAll(async () => {
  await cluster.admin().deleteTopics({ topics: [codecs, log] });
  await cluster.close();
});

describe("what it reads", () => {
  const reader = cluster.reader("admin");

  it("topics with ids and leaders; one that is not there spoils nothing", async () => {
    const topics = await reader.topics([codecs, "no-such-topic"], soon());
    expect(valueOf(topics.get(codecs)).topicId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(valueOf(topics.get(codecs)).leaders).toHaveLength(CODECS.length);
    expect(topics.get("no-such-topic")).toMatchObject({ ok: false, error: { code: "not-found", kafkaCode: 3 } });
  });

  it("log ends", async () => {
    const ends = await reader.logEnds([codecs, "no-such-topic"], soon());
    const three = CODECS.map(() => 3n);
    expect(valueOf(ends.get(codecs))).toMatchObject({
      highWatermarks: three,
      lastStableOffsets: three,
      logStarts: CODECS.map(() => 0n),
      errors: CODECS.map(() => null),
    });
    expect(ends.get("no-such-topic")?.ok).toBe(false);
  });

  it("offsets by time, with the record's own timestamp", async () => {
    const one = { topic: codecs, partition: 1 };
    const after = await reader.listOffsets([one], { timestampMs: 1_795_000_000_001 }, "read_committed", soon());
    expect(valueOf(after.get(partitionKey(one)))).toMatchObject({ offset: 1n, timestampMs: 1_795_000_000_001 });
    const first = await reader.listOffsets([one], "earliest-record", "read_committed", soon());
    expect(valueOf(first.get(partitionKey(one)))).toMatchObject({ offset: 0n, timestampMs: 1_795_000_000_000 });
    const later = await reader.listOffsets([one], { timestampMs: 1_800_000_000_000 }, "read_committed", soon());
    expect(valueOf(later.get(partitionKey(one))).offset).toBe(-1n);
  });

  it.each(CODECS.map((codec, partition) => [codec, partition] as const))("records in %s", async (codec, partition) => {
    const query = (offset: bigint, find: RecordQuery["find"]): RecordQuery => ({
      topic: codecs,
      partition,
      offset,
      find,
      isolation: "read_committed",
    });
    const queries = [query(1n, "at-or-after"), query(2n, "at-or-after"), query(3n, "before"), query(3n, "at-or-after")];
    const { answers } = await reader.findRecords(queries, enough());
    const [second, large, last, none] = answers.map(valueOf);
    expect(second?.record).toMatchObject({ offset: 1n, timestampMs: 1_795_000_000_001, key: Buffer.from("k1") });
    expect(second?.record?.headers).toEqual([{ name: "codec", value: Buffer.from(codec) }]);
    expect([large, last].map((found) => found?.record?.value?.length)).toEqual([120_000, 120_000]);
    expect(none).toEqual({ record: null, emptyUpTo: 3n });
  });

  it("groups of every type with states and members, each described by its own request", async () => {
    const made = { consumer: `${cluster.prefix}-c`, share: `${cluster.prefix}-s`, streams: `${cluster.prefix}-st` };
    await cluster.commit([{ groupId: `${cluster.prefix}-plain`, topic: codecs }]);
    await cluster.join("consumer", made.consumer, codecs);
    await cluster.join("share", made.share, codecs);
    await cluster.join("streams", made.streams, codecs);
    const { groups, errors } = await reader.listGroups(soon());
    expect(errors).toEqual([]);
    const types = new Map(groups.map(({ groupId, type }) => [groupId, type]));
    const ours = Object.values(made);
    expect(["orders-enricher", ...ours].map((id) => types.get(id))).toEqual([
      "classic",
      "consumer",
      "share",
      "streams",
    ]);
    const described = await reader.describeGroups(groups, soon());
    for (const id of ours) expect(valueOf(described.get(id)).members).toMatchObject([{ clientId: cluster.prefix }]);
    expect(valueOf(described.get("orders-enricher")).state).toMatch(/Stable|Rebalance|Empty/);
    const wrong = await reader.describeGroups([{ groupId: made.share, type: "consumer" }], soon());
    expect(wrong.get(made.share)).toMatchObject({ ok: false, error: { code: "not-found", kafkaCode: 69 } });
  });

  it("committed offsets of many groups; one that nobody knows has none", async () => {
    const committed = await reader.committed([`${cluster.prefix}-plain`, "nobody"], soon());
    expect(valueOf(committed.get(`${cluster.prefix}-plain`))).toEqual(new Map([[codecs, new Map([[0, 0n]])]]));
    expect(valueOf(committed.get("nobody")).size).toBe(0);
  });

  it("configs of topics and brokers, one missing beside them", async () => {
    const [topic, broker, missing] = await reader.configs(
      [
        { type: "topic", name: codecs },
        { type: "broker", id: reader.brokerIds[0] ?? 1 },
        { type: "topic", name: "no-such-topic" },
      ],
      soon(),
    );
    expect(valueOf(topic).get("retention.ms")?.value).toMatch(/^\d+$/);
    expect(valueOf(broker).get("super.users")).toMatchObject({ value: null, isSensitive: true });
    expect(missing).toMatchObject({ ok: false, error: { code: "not-found" } });
  });
});

describe("transactions", () => {
  const reader = cluster.reader("admin");
  const point = (offset: bigint, find: RecordQuery["find"], isolation: RecordQuery["isolation"]): RecordQuery => ({
    topic: log,
    partition: 0,
    offset,
    find,
    isolation,
  });

  it("markers and aborted records are nothing; an open one holds the last stable offset back", async () => {
    const message = (value: string) => ({ messages: [{ topic: log, partition: 0, key: "k", value }], acks: -1 });
    const producer = cluster.producer({ transactionalId: `${cluster.prefix}-tx`, idempotent: true });
    const aborted = await producer.beginTransaction();
    await aborted.send(message("aborted"));
    await aborted.abort();
    const kept = await producer.beginTransaction();
    await kept.send(message("kept"));
    await kept.commit();
    const open = await producer.beginTransaction();
    await open.send(message("open"));
    const look = async () => valueOf((await reader.logEnds([log], soon())).get(log));
    const ends = await eventually(look, (seen) => seen.lastStableOffsets[0] === 4n);
    expect([ends.lastStableOffsets[0], ends.highWatermarks[0]]).toEqual([4n, 5n]);

    const read = async (...queries: RecordQuery[]) =>
      (await reader.findRecords(queries, enough())).answers.map((answer) => {
        const found = valueOf(answer);
        return found.record ? found.record.value?.toString() : found.emptyUpTo;
      });
    expect(
      await read(
        point(0n, "at-or-after", "read_committed"),
        point(0n, "at-or-after", "read_uncommitted"),
        point(3n, "at-or-after", "read_committed"),
        point(4n, "before", "read_committed"),
        point(4n, "at-or-after", "read_committed"),
        point(4n, "at-or-after", "read_uncommitted"),
        point(5n, "before", "read_uncommitted"),
        point(2n, "before", "read_committed"),
      ),
    ).toEqual(["kept", "aborted", 4n, "kept", 4n, "open", "open", 0n]);

    const tail = valueOf(
      valueOf(
        await reader.tail(log, new Map(), "read_committed", { deadline: soon(), maxBytesPerPartition: 1 << 20 }),
      ).get(0),
    );
    expect(tail.records.map(({ value }) => value?.toString())).toEqual(["kept"]);
    expect([tail.next, tail.isAtEnd]).toEqual([4n, true]);
    await open.abort();
  });
});

describe("retention", () => {
  it("goes on at what is left, and tells how much is gone", async () => {
    const reader = cluster.reader("admin");
    await cluster.trim(codecs, 0, 2n);
    const query = { topic: codecs, partition: 0, isolation: "read_committed" } as const;
    const queries = [
      { ...query, offset: 0n, find: "at-or-after" },
      { ...query, offset: 2n, find: "before" },
      { ...query, offset: 9n, find: "at-or-after" },
    ] as const;
    const { answers } = await reader.findRecords(queries, enough());
    expect(valueOf(answers[0]).record?.offset).toBe(2n);
    expect(valueOf(answers[1])).toEqual({ record: null, emptyUpTo: 2n });
    expect(answers[2]).toMatchObject({ ok: false, error: { message: `${codecs}/0 has no offset 9` } });
    const budget = () => ({ deadline: soon(), maxBytesPerPartition: 1 << 20 });
    const tail = async (from: bigint) =>
      valueOf(valueOf(await reader.tail(codecs, new Map([[0, from]]), "read_committed", budget())).get(0));
    expect(await tail(0n)).toMatchObject({ records: [{ offset: 2n }], next: 3n, skipped: 2n, isRestarted: false });
    expect(await tail(3n)).toMatchObject({ records: [], next: 3n, skipped: 0n, isRestarted: false });
    expect(await tail(9n)).toMatchObject({ records: [{ offset: 2n }], next: 3n, skipped: 0n, isRestarted: true });
  });
});

describe("older brokers' ways", () => {
  it("give the same answers", async () => {
    const old = new Map(
      Object.entries({ Metadata: 10, FindCoordinator: 3, OffsetFetch: 7, ListOffsets: 6, Fetch: 12, ListGroups: 4 }),
    );
    const readers = [cluster.reader("admin"), cluster.reader("admin", old)] as const;
    const groups = [`${cluster.prefix}-plain`, "orders-enricher", "nobody"];
    const query = {
      topic: codecs,
      partition: 4,
      offset: 1n,
      find: "at-or-after",
      isolation: "read_committed",
    } as const;
    const [newest, oldest] = await Promise.all(
      readers.map(async (reader) => {
        const ends = valueOf((await reader.logEnds([codecs], soon())).get(codecs));
        const committed = await reader.committed(groups, soon());
        const { answers } = await reader.findRecords([query], enough());
        const listed = (await reader.listGroups(soon())).groups.map(({ groupId }) => groupId);
        return {
          ends,
          plain: committed.get(groups[0] ?? ""),
          nobody: committed.get("nobody"),
          answers,
          known: listed.includes("orders-enricher"),
        };
      }),
    );
    expect(oldest).toEqual(newest);
  });
});

describe("what it may not read", () => {
  it("says what to grant, and the rest is answered", async () => {
    const reader = cluster.reader("payments-app");
    const ends = await reader.logEnds(["payments", "orders"], soon());
    expect(valueOf(ends.get("payments")).errors).toEqual([null, null, null]);
    expect(ends.get("orders")).toMatchObject({
      ok: false,
      error: {
        code: "not-authorized",
        message: "Grant DESCRIBE on topic orders to User:payments-app",
        retryable: false,
      },
    });
    const committed = await reader.committed(["payments-audit", "orders-enricher"], soon());
    expect(committed.get("payments-audit")?.ok).toBe(true);
    expect(committed.get("orders-enricher")).toMatchObject({
      ok: false,
      error: { code: "not-authorized", message: "Grant DESCRIBE on group orders-enricher to User:payments-app" },
    });
    const [config] = await reader.configs([{ type: "topic", name: "payments" }], soon());
    expect(config).toMatchObject({
      ok: false,
      error: { message: "Grant DESCRIBE_CONFIGS on topic payments to User:payments-app" },
    });
    const described = await reader.describeGroups([{ groupId: "orders-enricher", type: "classic" }], soon());
    expect(described.get("orders-enricher")).toMatchObject({ ok: false, error: { code: "not-authorized" } });
  });

  it("asks for READ where DESCRIBE is not enough", async () => {
    const reader = cluster.reader("tidemark");
    const query = {
      topic: codecs,
      partition: 0,
      offset: 0n,
      find: "at-or-after",
      isolation: "read_committed",
    } as const;
    const { answers } = await reader.findRecords([query, { ...query, topic: "orders" }], enough());
    expect(answers[0]).toMatchObject({
      ok: false,
      error: { message: `Grant READ on topic ${codecs} to User:tidemark` },
    });
    expect(answers[1]?.ok).toBe(true);
  });

  it("tells a refused sign-in from a broker that is not there", async () => {
    const wrong = cluster.reader("tidemark", undefined, { password: "wrong" });
    await expect(wrong.logEnds(["orders"], soon())).rejects.toMatchObject({ code: "auth-failed", retryable: false });
    const nowhere = cluster.reader("tidemark", undefined, { bootstrap: ["127.0.0.1:1"] });
    await expect(nowhere.logEnds(["orders"], soon())).rejects.toMatchObject({ code: "unreachable", retryable: true });
  });
});
