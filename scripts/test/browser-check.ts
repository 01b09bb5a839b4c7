import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { makePool } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { makePartitions } from "#lib/db/partitions.ts";
import { createDatabase, withDatabase } from "#lib/db/server.ts";
import { env } from "#lib/env.ts";
import { buildWeb } from "../build.ts";
import { type Child, startChild, stopChild } from "../children.ts";
import { startGuard } from "../guard.ts";
import { inheritedEnv } from "../inherited-env.ts";
import { findFreePort } from "../postgres/free-port.ts";
import { startTemporaryPostgres } from "../postgres/temporary-postgres.ts";
import { runToEnd } from "../run-to-end.ts";
import { untilWebAnswers } from "../serve.ts";
import type { Check } from "./check.ts";
import { FAILED, type Tally } from "./tally.ts";

const Report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Playwright against the built product on a database of its own. The tests get BASE_URL and DATABASE_URL. */
export const browserCheck: Check = { name: "browser", tier: "browser", run: runBrowser };

async function runBrowser(): Promise<Tally> {
  const guard = startGuard();
  const folder = mkdtempSync(path.join(tmpdir(), "tidemark-browser-"));
  const server = await startTemporaryPostgres();
  let web: Child | undefined;
  try {
    await buildWeb(process.cwd(), path.join(folder, "build.log"), guard);
    const settings = await prepare(server.url, folder);
    const args = ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", settings.PORT];
    const logFile = path.join(env.TIDEMARK_HOME, "test/web.log"); // Playwright empties test-results
    mkdirSync(path.dirname(logFile), { recursive: true, mode: 0o700 });
    web = startChild(
      {
        name: "web",
        command: process.execPath,
        args,
        env: inheritedEnv({ ...settings, NODE_ENV: "production" }),
        logFile,
      },
      guard,
    );
    await untilWebAnswers(web, settings.BASE_URL);
    const report = path.join(folder, "report.json");
    const more = { ...settings, PLAYWRIGHT_JSON: report };
    const { code } = await runToEnd(process.execPath, ["node_modules/playwright/cli.js", "test"], {
      env: inheritedEnv(more),
      show: true,
    });
    return readReport(report, code);
  } finally {
    if (web) await stopChild(web);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    guard.release();
  }
}

async function prepare(serverUrl: string, home: string) {
  await createDatabase(serverUrl, "tidemark_browser");
  const DATABASE_URL = withDatabase(serverUrl, "tidemark_browser");
  await migrate(DATABASE_URL);
  const pool = makePool(DATABASE_URL, 1);
  await makePartitions(pool, new Date(), { daysBack: 31 });
  await pool.end();
  const port = await findFreePort();
  const BASE_URL = `http://127.0.0.1:${port}`;
  const secret = () => randomBytes(32).toString("base64");
  const kept = { TIDEMARK_HOME: home, TIDEMARK_KEK: secret(), NEXTAUTH_SECRET: secret() };
  return {
    ...kept,
    DATABASE_URL,
    BASE_URL,
    NEXTAUTH_URL: BASE_URL,
    TIDEMARK_PUBLIC_URL: BASE_URL,
    HOST: "127.0.0.1",
    PORT: String(port),
  };
}

function readReport(file: string, code: number): Tally {
  try {
    const { expected, unexpected, flaky, skipped } = Report.parse(JSON.parse(readFileSync(file, "utf8"))).stats;
    const failed = unexpected + flaky;
    return { passed: expected, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
  } catch {
    return FAILED;
  }
}
