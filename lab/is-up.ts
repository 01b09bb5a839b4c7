import net from "node:net";

/** Whether something listens on that loopback port. */
export function isPortOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: "127.0.0.1" });
    socket.setTimeout(2_000, () => finish(false));
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
    function finish(open: boolean): void {
      socket.destroy();
      resolve(open);
    }
  });
}

/** Whether a GET answers 2xx within two seconds. */
export async function isHttpUp(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.ok;
}
