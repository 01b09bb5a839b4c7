import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures/test.ts";

const PAGES = [
  "/feeds",
  "/feeds?q=nothing-at-all",
  "/feeds/orders-activity",
  "/feeds/payments-ledger",
  "/feeds/inventory-levels",
  "/feeds/support-tickets",
  "/feeds/refunds-audit",
  "/feeds/loyalty-points",
  "/feeds/orders-activity/contract",
  "/feeds/nowhere",
  "/nowhere",
];
const WIDTHS = [1440, 390];

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of WIDTHS) {
    test.describe(`${colorScheme} at ${width}`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });
      test.beforeEach(({ scenes }) => {
        void scenes;
      });
      for (const path of PAGES) {
        test(`axe finds nothing on ${path}`, async ({ page }) => {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          expect(await violations(page)).toEqual([]);
        });
      }
      test("axe finds nothing in what opens", async ({ page }) => {
        await open(page, "/feeds/orders-activity");
        await page.getByRole("button", { name: "Why this number? Age now" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Which hop holds the data back?, as a table" }).click();
        await page.getByRole("button", { name: "How old has it been, and whose was it?, as a table" }).click();
        await page.keyboard.press("Control+k");
        await expect(page.getByRole("dialog", { name: "Jump" }).getByRole("option").first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });
      test("sign-in too", async ({ browser }) => {
        const page = await (
          await browser.newContext({ colorScheme, storageState: { cookies: [], origins: [] } })
        ).newPage();
        await page.goto("/sign-in");
        expect(await violations(page)).toEqual([]);
      });
    });
  }
}

test("tab alone reaches everything, in order, and the focus is seen", async ({ page, scenes }) => {
  void scenes;
  await open(page, "/feeds");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("searchbox")).toBeFocused();
  for (let step = 0; step < 8; step++) await page.keyboard.press("Tab");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
  expect(outline).toBe("solid");
});
