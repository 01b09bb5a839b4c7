/**
 * Pictures of a running product for README and docs: both pages, light and dark, wide and narrow.
 * Run: node e2e/take-screenshots.ts http://127.0.0.1:3000 <e-mail> <password> [folder]
 */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const [base = "", email = "", password = "", folder = "docs/screenshots"] = process.argv.slice(2);
const PAGES = [
  { name: "feeds", path: "/feeds" },
  { name: "overview", path: "/feeds/orders-activity" },
] as const;
const WIDTHS = [1440, 390] as const;

const executablePath = process.env.CHROMIUM_PATH ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-dev-shm-usage",
];
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args });
mkdirSync(folder, { recursive: true });
const signIn = await browser.newContext();
const page = await signIn.newPage();
await page.goto(`${base}/sign-in`);
await page.getByLabel(/e-mail/i).fill(email);
await page.getByLabel(/password/i).fill(password);
await page.getByRole("button", { name: /sign in/i }).click();
await page.waitForURL(/\/feeds/);
const storageState = await signIn.storageState();
for (const colorScheme of ["light", "dark"] as const) {
  for (const width of WIDTHS) {
    const context = await browser.newContext({
      storageState,
      colorScheme,
      viewport: { width, height: width === 390 ? 844 : 900 },
    });
    for (const one of PAGES) {
      const view = await context.newPage();
      await view.goto(base + one.path);
      await view.waitForLoadState("networkidle").catch(() => undefined);
      await view.screenshot({ path: path.join(folder, `${one.name}-${width}-${colorScheme}.png`), fullPage: true });
      await view.close();
    }
    await context.close();
  }
}
await browser.close();
