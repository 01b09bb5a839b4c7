import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { checkHost, fetchOutbound, type OutboundError } from "./outbound.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => "nothing went wrong",
    (error: OutboundError) => error.code,
  );

describe("where it may not go", () => {
  it.each([
    ["ftp://example.com/", true, "bad-url"],
    ["file:///etc/passwd", true, "bad-url"],
    ["http://user:pass@example.com/", true, "bad-url"],
    ["not a url", true, "bad-url"],
    ["http://127.0.0.1:8083/", false, "refused-address"],
    ["http://2130706433/", false, "refused-address"],
    ["http://0x7f.1/", false, "refused-address"],
    ["http://[::1]:8083/", false, "refused-address"],
    ["http://[::ffff:10.0.0.1]/", false, "refused-address"],
    ["http://localhost:8083/", false, "refused-address"],
    ["http://169.254.169.254/latest/meta-data/", true, "refused-address"],
    ["http://0.0.0.0:8083/", true, "refused-address"],
    ["https://example.com:22/", false, "refused-address"],
    ["https://example.com:6379/", false, "refused-address"],
  ])("%s (trusted: %s) is %s", async (url, trusted, code) => {
    expect(await failure(fetchOutbound(url, { trusted }))).toBe(code);
  });

  it("gives the addresses of a host only after checking them", async () => {
    expect(await checkHost("127.0.0.1", true)).toEqual(["127.0.0.1"]);
    expect(await checkHost("[::1]", true)).toEqual(["::1"]);
    expect((await checkHost("localhost", true)).length).toBeGreaterThan(0);
    expect(await failure(checkHost("localhost", false))).toBe("refused-address");
    expect(await failure(checkHost("169.254.1.1", true))).toBe("refused-address");
    expect(await failure(checkHost("no-such-host.invalid", true))).toBe("unreachable");
  });
});

describe("what comes back", () => {
  it("gives status, headers and body, whatever the status", async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url === "/gone" ? 404 : 200, { etag: '"7"' }).end(request.headers["x-tried"] ?? "-");
    });
    const found = await fetchOutbound(url, { trusted: true, headers: { "x-tried": "yes" } });
    expect([found.status, found.headers.etag, found.body.toString()]).toEqual([200, '"7"', "yes"]);
    expect((await fetchOutbound(`${url}/gone`, { trusted: true })).status).toBe(404);
  });

  it("does not follow a redirect", async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end());
    expect(await failure(fetchOutbound(url, { trusted: true }))).toBe("redirect");
  });

  it("stops at the cap and at the deadline", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/slow") response.write("a");
      else response.end("x".repeat(5000));
    });
    expect(await failure(fetchOutbound(url, { trusted: true, maxBytes: 1000 }))).toBe("too-large");
    expect(await failure(fetchOutbound(`${url}/slow`, { trusted: true, timeoutMs: 200 }))).toBe("timeout");
  });

  it("says that a closed port is unreachable", async () => {
    const url = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const error = await fetchOutbound(url, { trusted: true }).catch((thrown: OutboundError) => thrown);
    expect(error).toMatchObject({ code: "unreachable", retryable: true });
  });
});
