import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ORDERS_ACTIVITY_YAML } from "#lib/domain/contract/fixture-contract.ts";
import { useTestDatabase } from "../tests/database.ts";

const database = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "tidemark-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs the command as a person would, from a folder that is not the clone. */
function tidemark(args: string[], more: Record<string, string> = {}, input = ""): Promise<Ran> {
  const env = {
    NODE_ENV: "test" as const,
    PATH: path.dirname(process.execPath),
    TIDEMARK_HOME: folder,
    DATABASE_URL: database.url,
    TIDEMARK_KEK: Buffer.alloc(32, 3).toString("base64"),
    NEXTAUTH_SECRET: "a secret for tests alone, 32 characters long",
    ...more,
  };
  const command = path.resolve(import.meta.dirname, "tidemark.mjs");
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args], { env, cwd: folder }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
    child.stdin?.end(input);
  });
}

function file(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return name;
}

const contract = file("orders.yaml", ORDERS_ACTIVITY_YAML);

describe("npx tidemark", () => {
  test("token create prints the token alone", async () => {
    const { code, out, err } = await tidemark(["token", "create", "--role", "viewer"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^tmk_[A-Za-z0-9_-]{43}\n$/);
  });

  test.each<[string[], number]>([
    [["token", "create"], 2],
    [["token", "create", "--role", "king"], 1],
    [["token", "create", "--role", "viewer", "--expires", "soon"], 2],
    [["token", "create", "--rolle", "viewer"], 2],
    [["nonsense"], 2],
    [[], 2],
    [["--help"], 0],
    [["contract", "validate", "none.yaml"], 1],
    [["contract", "export", "none"], 1],
  ])("%j ends with %d", async (args, code) => {
    expect((await tidemark(args)).code).toBe(code);
  });

  test("contract validate tells CI the file, the line and the remedy, without a database", async () => {
    const broken = file("broken.yaml", ORDERS_ACTIVITY_YAML.replace("objective: 2m", "objective: soon"));
    const { code, err } = await tidemark(["contract", "validate", broken, contract], {
      DATABASE_URL: "postgresql://none",
    });
    expect(code).toBe(1);
    expect(err).toBe(
      "broken.yaml:15: lateness.objective is not a duration. Write a number and a unit: 90s, 2m, 72h, 30d.\n",
    );
  });

  test("contract apply, export and apply again change one version", async () => {
    expect((await tidemark(["contract", "apply", "-f", contract])).out).toBe("orders-activity: version 1, created\n");
    const { out } = await tidemark(["contract", "export", "orders-activity"]);
    expect((await tidemark(["contract", "apply", "-"], {}, out)).out).toBe("orders-activity: version 1, unchanged\n");
  });

  test("connection apply takes secrets from the environment and never prints them", async () => {
    const connections = file(
      "tidemark.yaml",
      `clusters: [{ name: prod, bootstrap: ["127.0.0.1:9092"], sasl: { mechanism: PLAIN, username: u, password: "\${CANARY}" } }]`,
    );
    const unset = await tidemark(["connection", "apply", "-f", connections]);
    expect([unset.code, unset.err.includes("CANARY is not set")]).toEqual([1, true]);
    const ran = await tidemark(["connection", "apply", "-f", connections], { CANARY: "canary-77" });
    expect(ran.out).toBe("cluster prod: created\n");
    const told = await tidemark(["doctor"]);
    expect(told.code).toBe(1);
    expect(told.out).toContain("✗ cluster prod: never sampled");
    expect(JSON.stringify([ran, told])).not.toContain("canary-77");
  });

  test("audit verify gives the head, and misses one that isn't there", async () => {
    const { code, out } = await tidemark(["audit", "verify"]);
    const head = /head ([0-9a-f]{64})/.exec(out)?.[1] ?? "";
    expect(code).toBe(0);
    expect((await tidemark(["audit", "verify", "--head", head])).code).toBe(0);
    expect((await tidemark(["audit", "verify", "--head", "0123"])).code).toBe(1);
  });

  test("doctor says which database does not answer", async () => {
    const { code, out } = await tidemark(["doctor"], { DATABASE_URL: "postgresql://u:hush@127.0.0.1:1/none" });
    expect(code).toBe(1);
    expect(out).toContain("✗ database: does not answer");
    expect(out).not.toContain("hush");
  });
});
