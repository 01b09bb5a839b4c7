import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/find-chromium.ts";

const executablePath = findChromium() ?? undefined;

/**
 * `npm test -- --only browser` starts the product on a database of its own and sets BASE_URL and DATABASE_URL for the tests.
 * No retries: a test that fails now and then is a fault to find.
 */
export default defineConfig({
  testDir: "e2e",
  workers: 1,
  timeout: 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["dot"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON ?? "test-results/report.json" }]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:3000",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
      ],
    },
  },
});
