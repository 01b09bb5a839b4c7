import http from "node:http";
import { findJson } from "./json-file.ts";
import type { LabPaths } from "./lab-paths.ts";
import type { LabPorts } from "./ports.ts";
import type { LabSecrets } from "./secrets.ts";

const HEAL_MS = 300_000;

/** One question to the supervisor of that home. Not `fetch`, whose own timeouts are shorter than a heal. */
export function askControl<T = unknown>(
  paths: LabPaths,
  method: "GET" | "POST",
  url: string,
  timeoutMs: number = HEAL_MS,
): Promise<T> {
  const ports = findJson<LabPorts>(paths.ports);
  const secrets = findJson<LabSecrets>(paths.secrets);
  if (!ports || !secrets) return Promise.reject(new Error("The lab was never started here: npm run lab -- up"));
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secrets.control}` };
    const request = http.request({
      host: "127.0.0.1",
      port: ports.control,
      path: url,
      method,
      headers,
      timeout: timeoutMs,
    });
    request.once("timeout", () => request.destroy(new Error(`The lab did not answer within ${timeoutMs / 1000} s`)));
    request.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ECONNREFUSED" ? new Error("The lab is not running: npm run lab -- up") : error);
    });
    request.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("error", reject);
      response.once("end", () => {
        if (response.statusCode === 401) return reject(new Error("Another lab answers on this lab's control port"));
        const body = JSON.parse(text || "{}") as T & { error?: string };
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(body.error ?? `The lab answered ${response.statusCode}`));
      });
    });
    request.end();
  });
}
