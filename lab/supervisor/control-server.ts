import { timingSafeEqual } from "node:crypto";
import http from "node:http";
import { healAll, runIncident } from "../incidents/run-incident.ts";
import type { Lab } from "./lab.ts";

/** The supervisor's loopback address: GET /status, POST /incident/<name>, POST /heal, POST /down; bearer token of the home. */
export function serveControl(lab: Lab, onDown: () => void): Promise<void> {
  let busy: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = busy.then(work, work);
    busy = next.catch(() => undefined);
    return next;
  };
  const answer = async (request: http.IncomingMessage): Promise<unknown> => {
    const [verb, name] = (request.url ?? "/").slice(1).split("/");
    if (request.method === "GET" && verb === "status") return lab.snapshot();
    if (request.method !== "POST") throw new Error("Unknown question");
    if (verb === "down") return void setTimeout(onDown, 20);
    if (lab.snapshot().phase !== "up") throw new Error("The lab is not up yet: npm run lab -- status");
    if (verb === "incident") return inTurn(() => runIncident(lab, name ?? ""));
    if (verb === "heal") return inTurn(() => healAll(lab));
    throw new Error("Unknown question");
  };
  const server = http.createServer((request, response) => {
    if (!isAllowed(request, lab.context.secrets.control)) {
      response.writeHead(401).end();
      return;
    }
    answer(request).then(
      (body) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body ?? {})),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error: message }));
      },
    );
  });
  server.requestTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(lab.context.ports.control, "127.0.0.1", () => resolve());
  });
}

function isAllowed(request: http.IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
