import { expect, test } from "vitest";
import { isSameOrigin, mayChange } from "./same-origin.ts";

const PUBLIC = "http://tidemark.example";

test.each<[string, Record<string, string>, boolean]>([
  ["neither header", { host: "tidemark.example" }, false],
  ["same origin by the browser's word", { "sec-fetch-site": "same-origin" }, true],
  ["same site is not the same origin", { "sec-fetch-site": "same-site", origin: PUBLIC }, false],
  ["cross site", { "sec-fetch-site": "cross-site", origin: "http://evil.example" }, false],
  ["typed in", { "sec-fetch-site": "none" }, false],
  ["our origin", { origin: PUBLIC }, true],
  ["the host it was asked at", { origin: "http://127.0.0.1:3001", host: "127.0.0.1:3001" }, true],
  ["another origin", { origin: "http://evil.example", host: "tidemark.example" }, false],
  ["another port", { origin: "http://127.0.0.1:3002", host: "127.0.0.1:3001" }, false],
  [
    "a forwarded host proves nothing",
    { origin: "http://evil.example", host: "tidemark.example", "x-forwarded-host": "evil.example" },
    false,
  ],
  ["an opaque origin", { origin: "null", host: "tidemark.example" }, false],
  ["a good site with a bad origin", { "sec-fetch-site": "same-origin", origin: "http://evil.example" }, false],
])("%s", (_, headers, same) => expect(isSameOrigin(new Headers(headers), PUBLIC)).toBe(same));

test("a token needs no origin", () => {
  expect(mayChange(new Headers({ authorization: "Bearer tmk_x" }))).toBe(true);
  expect(mayChange(new Headers())).toBe(false);
});
