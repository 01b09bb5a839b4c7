import { AuthenticationError, NetworkError, TimeoutError } from "@platformatic/kafka";
import { expect, it } from "vitest";
import { SourceError } from "../source-error.ts";
import { connectionError, isCoordinatorError, isRoutingError, kafkaError, storedCode } from "./kafka-errors.ts";

const topic = { kind: "topic", name: "orders", needs: "DESCRIBE" } as const;
const group = { kind: "group", name: "orders-enricher", needs: "DESCRIBE" } as const;
const who = "User:tidemark";

it.each([
  [29, topic, "not-authorized", "Grant DESCRIBE on topic orders to User:tidemark"],
  [29, { ...topic, needs: "READ" } as const, "not-authorized", "Grant READ on topic orders to User:tidemark"],
  [30, group, "not-authorized", "Grant DESCRIBE on group orders-enricher to User:tidemark"],
  [
    31,
    { kind: "cluster", name: "", needs: "DESCRIBE" } as const,
    "not-authorized",
    "Grant DESCRIBE on the cluster to User:tidemark",
  ],
  [3, topic, "not-found", "Reading topic orders failed: it does not exist"],
  [69, group, "not-found", "Reading group orders-enricher failed: there is no such group of that kind"],
  [5, topic, "unavailable", "Reading topic orders failed: a partition has no leader"],
  [119, topic, "error", "Reading topic orders failed: Kafka error 119"],
] as const)("Kafka's %i on %j is %s", (code, subject, expected, message) => {
  expect(kafkaError(code, subject, who)).toMatchObject({ code: expected, message, kafkaCode: code });
});

it("knows what a new look at the metadata may cure", () => {
  expect([6, 3, 100, 5].map((code) => isRoutingError(kafkaError(code, topic, who)))).toEqual([true, true, true, true]);
  expect([29, 1, 7].map((code) => isRoutingError(kafkaError(code, topic, who)))).toEqual([false, false, false]);
  expect([15, 16, 14, 30].map((code) => isCoordinatorError(kafkaError(code, group, who)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isRoutingError(new SourceError("unreachable", "away"))).toBe(true);
});

it("stores a broker that is away as what it means for what it holds", () => {
  const away = new SourceError("unreachable", "away");
  expect([storedCode(away, "topic"), storedCode(away, "group")]).toEqual([5, 15]);
  expect(storedCode(kafkaError(29, topic, who), "topic")).toBe(29);
  expect(storedCode(new SourceError("error", "?"), "topic")).toBe(-1);
});

it.each([
  [
    new NetworkError("Connection to b:1 failed.", {
      cause: new AuthenticationError("SASL authentication failed.", { cause: new Error("invalid credentials") }),
    }),
    "auth-failed",
    "invalid credentials",
  ],
  [new TimeoutError("Request timed out"), "timeout", "did not answer in time"],
  [
    new NetworkError("Connection to b:1 failed.", {
      cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }),
    }),
    "unreachable",
    "could not be reached",
  ],
  [
    new NetworkError("Connection failed", { cause: Object.assign(new Error("expired"), { code: "CERT_HAS_EXPIRED" }) }),
    "auth-failed",
    "TLS with broker b:1 failed: expired",
  ],
  [new RangeError("out of bounds"), "malformed", "was not understood"],
])("%s is %s", (thrown, code, message) => {
  const known = connectionError(thrown, "broker b:1");
  expect(known.code).toBe(code);
  expect(known.message).toContain(message);
});
