import { describe, expect, test } from "vitest";
import { parseTidemarkFile } from "./tidemark-file.ts";

const FILE = `
clusters:
  - name: prod
    bootstrap: [127.0.0.1:9092, "[::1]:9093"]
    sasl: { mechanism: SCRAM-SHA-512, username: tidemark, password: "\${KAFKA_PASSWORD}" }
    superUsers: ["User:admin"]
connects: [{ name: prod-connect, url: "http://127.0.0.1:8083", cluster: prod }]
registries: [{ name: prod-registry, url: "http://127.0.0.1:8081/apis/ccompat/v7" }]
catalogs: [{ name: lake, kind: iceberg-rest, uri: "http://127.0.0.1:8181", auth: { token: "\${LAKE_TOKEN}" } }]
teams: [{ name: orders, members: [ana@example.com], contact: "#orders" }]
`;

const variables: Readonly<Record<string, string>> = { KAFKA_PASSWORD: "hush: ${LAKE_TOKEN}", LAKE_TOKEN: "tok" };

describe("tidemark.yaml", () => {
  test("is read with its variables put in, once", () => {
    const parsed = parseTidemarkFile(FILE, (name) => variables[name]);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    expect(parsed.file.clusters[0]?.sasl?.password).toBe("hush: ${LAKE_TOKEN}");
    expect(parsed.file.catalogs[0]?.auth).toEqual({ token: "tok" });
    expect(parsed.file.databases).toEqual([]);
  });

  test("may be empty", () => {
    expect(parseTidemarkFile("", () => undefined).ok).toBe(true);
  });

  test("names a variable that is not set, and where it is used", () => {
    const parsed = parseTidemarkFile(FILE, (name) => (name === "LAKE_TOKEN" ? "tok" : undefined));
    expect(parsed).toMatchObject({
      ok: false,
      issues: [{ path: "clusters[0].sasl.password", code: "missing", line: 5 }],
    });
  });

  test.each([
    ["an unknown section", "sinks: []", "sinks"],
    ["a bootstrap without a port", "clusters: [{ name: a, bootstrap: [localhost] }]", "clusters[0].bootstrap[0]"],
    ["a password inside a URL", "registries: [{ name: a, url: 'http://u:p@h' }]", "registries[0].url"],
    ["a file for a URL", "registries: [{ name: a, url: 'file:///etc/passwd' }]", "registries[0].url"],
    [
      "two of one name",
      "registries: [{ name: a, url: 'http://h' }, { name: a, url: 'http://h' }]",
      "registries[1].name",
    ],
    ["a member that is no address", "teams: [{ name: a, members: [ana] }]", "teams[0].members[0]"],
    [
      "half a sign-in",
      "registries: [{ name: a, url: 'http://h', auth: { username: u } }]",
      "registries[0].auth.password",
    ],
  ])("refuses %s", (_, text, path) => {
    const parsed = parseTidemarkFile(text, () => undefined);
    expect(parsed.ok ? [] : parsed.issues.map((issue) => issue.path)).toEqual([path]);
  });
});
