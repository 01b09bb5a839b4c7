import http from "node:http";
import type { Socket } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JsonlLog } from "../jsonl-log.ts";
import type { LabContext } from "../lab-context.ts";
import { type TableCommitLine, TRUTH_FILES } from "../truth/truth-log.ts";

const COMMIT = /^\/v1\/(?:namespaces\/([^/]+)\/tables\/([^/?]+)|transactions\/commit)$/;

/** What stands between the catalog and everyone who uses it. */
export class CatalogProxy {
  /** Answer commits with 503; reads pass. */
  refusesCommits = false;
  /** Wait this long before each request is passed on. */
  delayMs = 0;
  private server: http.Server | null = null;
  private readonly sockets = new Set<Socket>();
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  private readonly context: LabContext;
  private readonly commits: JsonlLog;

  constructor(context: LabContext) {
    this.context = context;
    this.commits = new JsonlLog(path.join(context.paths.truth, TRUTH_FILES.commits));
  }

  isOpen(): boolean {
    return this.server !== null;
  }

  open(): Promise<void> {
    if (this.server) return Promise.resolve();
    const server = http.createServer((request, response) => void this.pass(request, response));
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    });
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.context.ports.catalog, "127.0.0.1", () => resolve());
    });
  }

  /** From now on connections are refused, and those that are open are cut. */
  close(): void {
    this.server?.close();
    this.server = null;
    for (const socket of this.sockets) socket.destroy();
  }

  private async pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const commit = request.method === "POST" ? COMMIT.exec(request.url ?? "") : null;
    if (commit && this.refusesCommits) {
      request.resume();
      const error = {
        error: { message: "The catalog takes no commits now", type: "ServiceUnavailableException", code: 503 },
      };
      response.writeHead(503, { "content-type": "application/json" }).end(JSON.stringify(error));
      return;
    }
    if (this.delayMs > 0) await sleep(this.delayMs);
    const sent = Date.now();
    const onward = http.request(
      {
        host: "127.0.0.1",
        port: this.context.ports.catalogServer,
        method: request.method,
        path: request.url,
        headers: request.headers,
        agent: this.agent,
      },
      (answer) => {
        if (commit && answer.statusCode === 200) this.note(sent, `${commit[1]}.${commit[2]}`);
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.once("error", () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    request.pipe(onward);
  }

  private note(sent: number, table: string): void {
    const line: TableCommitLine = { sent, at: Date.now(), table };
    this.commits.append(line);
  }
}
