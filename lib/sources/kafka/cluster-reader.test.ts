import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { openCluster } from "./cluster-reader.ts";
import { deadlineIn } from "./deadline.ts";

const config = {
  sasl: null,
  tls: null,
  storage: "shared-nothing",
  superUsers: null,
  allowIfNoAcl: null,
} as const;

it("does not connect to this machine for a connection that no operator declared", async () => {
  const reader = openCluster({ ...config, bootstrap: ["127.0.0.1:9092", "localhost:9092"], trusted: false }, {});
  await expect(reader.logEnds(["orders"], deadlineIn(5_000))).rejects.toMatchObject({ code: "refused-address" });
  const metadata = openCluster({ ...config, bootstrap: ["169.254.169.254:80"], trusted: true }, {});
  await expect(metadata.logEnds(["orders"], deadlineIn(5_000))).rejects.toMatchObject({ code: "refused-address" });
});

it.each([
  ["says nothing", () => undefined, "timeout"],
  ["hangs up", (socket: Socket) => void socket.destroy(), "unreachable"],
  ["speaks something else", (socket: Socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"), "unreachable"],
])("ends by its deadline with a broker that %s", async (_, onConnection, code) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const reader = openCluster({ ...config, bootstrap: [`127.0.0.1:${port}`], trusted: true }, {});
  const started = performance.now();
  await expect(reader.committed(["a", "b"], deadlineIn(1_000))).rejects.toMatchObject({ code, retryable: true });
  expect(performance.now() - started).toBeLessThan(1_500);
  await reader.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});
