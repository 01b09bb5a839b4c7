import type { Instrumentation } from "next";
import { getAuthSecret, getDatabaseUrl, getKeyEncryptionKey } from "#lib/env.ts";
import { log } from "#lib/log.ts";

/** Before the first request: what is missing stops the start with its own sentence instead of failing later, page by page. */
export function checkSettings(): void {
  getDatabaseUrl();
  getKeyEncryptionKey();
  getAuthSecret();
}

/** What fails while a page is made goes to the log with the digest that the page shows. */
export const logFailedPage: Instrumentation.onRequestError = (error, request, context) => {
  const digest = typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : "none";
  log.error("a page failed", {
    requestId: digest,
    method: request.method,
    // Without its query, which may hold a one-time link.
    path: request.path.split("?")[0],
    route: context.routePath,
    error: error instanceof Error ? error : new Error(String(error)),
  });
};
