import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { getAuthSecret, getDatabaseUrl, getKeyEncryptionKey, getPublicUrl, readEnv } from "./env.ts";

const home = mkdtempSync(path.join(tmpdir(), "tidemark-env-"));
afterAll(() => rmSync(home, { recursive: true }));

describe("readEnv", () => {
  it("needs nothing", () => {
    expect(readEnv({})).toMatchObject({ PORT: 3000, HOST: "127.0.0.1", TIDEMARK_SAMPLING_INTERVAL_MS: 10_000 });
    expect(path.isAbsolute(readEnv({}).TIDEMARK_HOME)).toBe(true);
  });

  it("takes an empty text for not set", () => {
    expect(readEnv({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 3000 });
  });

  it.each([
    [{ PORT: "65536" }, /PORT/],
    [{ PORT: "web" }, /PORT/],
    [{ DATABASE_URL: "mysql://db" }, /DATABASE_URL must start with postgresql/],
    [{ NEXTAUTH_SECRET: "short" }, /NEXTAUTH_SECRET must be at least 32/],
    [{ TIDEMARK_PUBLIC_URL: "tidemark.example.com" }, /TIDEMARK_PUBLIC_URL/],
    [{ TIDEMARK_SAMPLING_INTERVAL_MS: "10" }, /TIDEMARK_SAMPLING_INTERVAL_MS/],
  ])("refuses %o by name", (source, message) => {
    expect(() => readEnv(source)).toThrow(message);
  });
});

describe("what the embedded database brings", () => {
  const settings = readEnv({ TIDEMARK_HOME: home });

  it("is missed with what to do", () => {
    expect(() => getDatabaseUrl(settings)).toThrow(/npm start/);
    expect(() => getKeyEncryptionKey(settings)).toThrow(/openssl rand/);
  });

  it("is found in the home", () => {
    writeFileSync(path.join(home, "database.json"), JSON.stringify({ url: "postgresql://a@127.0.0.1:1/t" }));
    writeFileSync(path.join(home, "kek"), "key of the home\n");
    writeFileSync(path.join(home, "auth-secret"), "secret of the home\n");
    expect(getDatabaseUrl(settings)).toBe("postgresql://a@127.0.0.1:1/t");
    expect(getKeyEncryptionKey(settings)).toBe("key of the home");
    expect(getAuthSecret(settings)).toBe("secret of the home");
  });

  it("is never used with a database that is not ours", () => {
    const given = readEnv({ TIDEMARK_HOME: home, DATABASE_URL: "postgresql://db.example.com/tidemark" });
    expect(getDatabaseUrl(given)).toBe("postgresql://db.example.com/tidemark");
    expect(() => getKeyEncryptionKey(given)).toThrow(/TIDEMARK_KEK is not set/);
    expect(() => getAuthSecret(given)).toThrow(/NEXTAUTH_SECRET is not set/);
  });
});

describe("getPublicUrl", () => {
  it("is where we listen, unless told otherwise", () => {
    expect(getPublicUrl(readEnv({ PORT: "3001" }))).toBe("http://127.0.0.1:3001");
    expect(getPublicUrl(readEnv({ TIDEMARK_PUBLIC_URL: "https://t.example.com/" }))).toBe("https://t.example.com");
  });
});
