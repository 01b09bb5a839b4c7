import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { makeApiClient } from "./api-client.ts";

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe("the REST client", () => {
  test("sends its token and gives the JSON", async () => {
    const url = await serve((request, response) =>
      response.end(JSON.stringify({ path: request.url, by: request.headers.authorization })),
    );
    expect(await makeApiClient(url, "tmk_x").get("/feeds")).toEqual({ path: "/api/v1/feeds", by: "Bearer tmk_x" });
  });

  test("throws what the server says", async () => {
    const body = {
      code: "not_found",
      detail: "There is no such feed.",
      issues: [{ path: "slug", message: "unknown" }],
    };
    const url = await serve((_, response) => response.writeHead(404).end(JSON.stringify(body)));
    await expect(makeApiClient(url, "t").get("/x")).rejects.toMatchObject({
      code: "not_found",
      message: "There is no such feed.",
      issues: [{ path: "slug", message: "unknown", remedy: null }],
    });
  });

  test.each<[string, RequestListener, string]>([
    ["what is not JSON", (_, response) => response.end("<html>"), "unavailable"],
    ["an unknown problem", (_, response) => response.writeHead(500).end("[]"), "unavailable"],
    ["a redirect", (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(), "unavailable"],
    ["a body without an end", (_, response) => void response.write(Buffer.alloc(17 * 1024 * 1024, 32)), "too_large"],
    ["no answer", () => undefined, "timed_out"],
  ])(
    "gives up on %s",
    async (_, listener, code) => {
      const url = await serve(listener);
      await expect(makeApiClient(url, "t", code === "timed_out" ? 500 : 10_000).get("/x")).rejects.toMatchObject({
        code,
      });
    },
    20_000,
  );

  test("says when nothing listens", async () => {
    await expect(makeApiClient("http://127.0.0.1:1", "t").get("/x")).rejects.toMatchObject({ code: "unavailable" });
  });
});
