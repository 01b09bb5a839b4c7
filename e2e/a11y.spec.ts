import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures/test.ts";

const PAGES = ["/feeds", "/feeds/orders-activity", "/feeds/orders-activity/contract", "/feeds/nowhere", "/nowhere"];

/** The same pages in other states: looked at once in each theme and at each width. */
const STATES = [
  "/feeds?q=nothing-at-all",
  "/feeds/payments-ledger",
  "/feeds/inventory-levels",
  "/feeds/support-tickets",
  "/feeds/refunds-audit",
  "/feeds/loyalty-points",
];

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

const LOOKS = [
  { colorScheme: "light", width: 1440, paths: [...PAGES, ...STATES] },
  { colorScheme: "light", width: 390, paths: PAGES },
  { colorScheme: "dark", width: 1440, paths: PAGES },
  { colorScheme: "dark", width: 390, paths: [...PAGES, ...STATES] },
] as const;

for (const { colorScheme, width, paths } of LOOKS) {
  test.describe(`${colorScheme} at ${width}`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 }, contextOptions: { reducedMotion: "reduce" } });

    test("axe finds nothing on any page", async ({ page, scenes }) => {
      void scenes;
      test.slow();
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        expect.soft(await violations(page), path).toEqual([]);
      }
    });

    test("axe finds nothing in what opens", async ({ page, scenes }) => {
      void scenes;
      test.slow();
      await open(page, "/feeds/orders-activity");
      await page.getByRole("button", { name: "Why this number? Age now" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      expect.soft(await violations(page), "why").toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Which hop holds the data back?, as a table" }).click();
      await page.getByRole("button", { name: "How old has it been, and whose was it?, as a table" }).click();
      expect.soft(await violations(page), "tables").toEqual([]);
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog", { name: "Jump" }).getByRole("option").first()).toBeVisible();
      expect.soft(await violations(page), "jump").toEqual([]);
    });

    test("nor on sign-in", async ({ browser }) => {
      const context = await browser.newContext({ colorScheme, storageState: { cookies: [], origins: [] } });
      const page = await context.newPage();
      await page.goto("/sign-in");
      expect(await violations(page)).toEqual([]);
      await context.close();
    });
  });
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
