import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { ConnectionSecret, HttpAuth } from "#lib/domain/connections/connection-config.ts";
import { HttpSource, parseJson } from "./http-source.ts";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

type Handler = (request: IncomingMessage, body: string) => [status: number, body: string];

async function source(auth: (base: string) => HttpAuth | null, secret: ConnectionSecret, handle: Handler) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [status, body] = handle(request, Buffer.concat(chunks).toString());
      response.writeHead(status).end(body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
  return new HttpSource({ subject: "Thing it", baseUrl, auth: auth(baseUrl), secret, trusted: true });
}

it.each([
  [null, {}, undefined],
  [
    { type: "basic", username: "me" } as const,
    { password: "pä:ss" },
    `Basic ${Buffer.from("me:pä:ss").toString("base64")}`,
  ],
  [{ type: "bearer" } as const, { token: "t0k" }, "Bearer t0k"],
])("signs in by %j", async (auth, secret, expected) => {
  const seen: (string | undefined)[] = [];
  const http = await source(
    () => auth,
    secret,
    (request) => {
      seen.push(request.headers.authorization, request.url);
      return [200, "{}"];
    },
  );
  await http.get("/items?x=1");
  expect(seen).toEqual([expected, "/base/items?x=1"]);
});

it("keeps an OAuth 2 token, and fetches one anew when it is refused", async () => {
  const asked: string[] = [];
  let valid = "t1";
  let made = 0;
  const http = await source(
    (base) => ({ type: "oauth2", tokenUrl: `${base}token`, clientId: "id", scope: "catalog" }),
    { clientSecret: "s3cret" },
    (request, body) => {
      asked.push(request.url === "/base/token" ? body : (request.headers.authorization ?? ""));
      if (request.url === "/base/token") return [200, JSON.stringify({ access_token: `t${++made}`, expires_in: 3600 })];
      return request.headers.authorization === `Bearer ${valid}` ? [200, "{}"] : [401, ""];
    },
  );
  await http.get("/a");
  await http.get("/b");
  valid = "t2";
  await http.get("/c");
  const form = "grant_type=client_credentials&client_id=id&client_secret=s3cret&scope=catalog";
  expect(asked).toEqual([form, "Bearer t1", "Bearer t1", "Bearer t1", form, "Bearer t2"]);
  valid = "never";
  await expect(http.get("/d")).rejects.toMatchObject({ code: "auth-failed", retryable: false });
});

it("names what failed, and never the query", async () => {
  const http = await source(
    () => null,
    {},
    () => [404, "gone"],
  );
  await expect(http.get("/tables/x?token=abc")).rejects.toThrow("Thing it has no /tables/x (HTTP 404).");
});

it("keeps numbers exact that JSON would round", () => {
  expect(
    parseJson('{"a":9007199254740993,"b":-9007199254740993,"c":12,"d":1.5,"e":1e400,"snapshot-id":7}', "it"),
  ).toEqual({
    a: "9007199254740993",
    b: "-9007199254740993",
    c: 12,
    d: 1.5,
    e: Infinity,
    "snapshot-id": "7",
  });
});
