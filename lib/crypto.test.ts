import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalJson,
  hashPassword,
  openSecret,
  randomToken,
  sameSecret,
  sealSecret,
  sha256,
  verifyPassword,
} from "./crypto.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");

describe("sealed secrets", () => {
  test("open again, whatever they hold", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => openSecret(sealSecret(text, "here", KEY), "here", KEY) === text,
      ),
    );
  });

  test.each<[string, () => unknown]>([
    ["in another place", () => openSecret(sealSecret("x", "here", KEY), "there", KEY)],
    [
      "under another key",
      () => openSecret(sealSecret("x", "here", KEY), "here", Buffer.alloc(32, 8).toString("base64")),
    ],
    ["under another key version", () => openSecret({ ...sealSecret("x", "here", KEY), keyVersion: 2 }, "here", KEY)],
    ["with a key of the wrong length", () => sealSecret("x", "here", "c2hvcnQ=")],
  ])("do not open %s", (_, open) => expect(open).toThrow());

  test("do not open when any bit was flipped", () => {
    const sealed = sealSecret("a password", "here", KEY);
    for (const field of ["wrappedKey", "nonce", "ciphertext"] as const) {
      for (let index = 0; index < sealed[field].length; index += 1) {
        const changed = new Uint8Array(sealed[field]);
        changed[index] = (changed[index] ?? 0) ^ 1;
        expect(() => openSecret({ ...sealed, [field]: changed }, "here", KEY)).toThrow();
      }
    }
  });

  test("never have the same text twice", () => {
    expect(sealSecret("x", "here", KEY).ciphertext).not.toEqual(sealSecret("x", "here", KEY).ciphertext);
  });
});

describe("passwords", () => {
  test("are verified, and nothing else is", async () => {
    const hash = await hashPassword("correct horse");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword("correct horse", hash)).toBe(true);
    expect(await verifyPassword("correct horsf", hash)).toBe(false);
    expect(await verifyPassword("correct horse", null)).toBe(false);
    expect(await verifyPassword("correct horse", "plain")).toBe(false);
  });

  test("written in composed and decomposed letters are one", async () => {
    expect(await verifyPassword("cafe\u0301", await hashPassword("caf\u00e9"))).toBe(true);
  });
});

describe("canonical JSON", () => {
  test("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        return canonicalJson(value) === canonicalJson(reversed);
      }),
    );
  });

  test("is what would come back from a JSON column", () => {
    expect(canonicalJson({ b: [1, { z: undefined, a: new Date(0) }], a: null })).toBe(
      '{"a":null,"b":[1,{"a":"1970-01-01T00:00:00.000Z"}]}',
    );
  });
});

test("random tokens fit a URL and differ", () => {
  expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(randomToken()).not.toBe(randomToken());
});

test("secrets are compared whole", () => {
  expect(sameSecret("abc", "abc")).toBe(true);
  expect(sameSecret("abc", "abcd")).toBe(false);
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
