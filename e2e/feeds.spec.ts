import { expect, open, test } from "./fixtures/test.ts";

test.beforeEach(async ({ page, scenes }) => {
  void scenes;
  await open(page, "/feeds");
});

test("a sentence first, then every feed, worst first", async ({ page }) => {
  await expect(page.getByText("Four are late. Three cannot be measured. One source has gone silent.")).toBeVisible();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(15);
  await expect(rows.nth(1)).toContainText("late");
  await expect(rows.nth(14)).toContainText("nothing waiting");
  const payments = rows.filter({ hasText: "Payments ledger" });
  await expect(payments).toContainText("≥");
  await expect(payments).toContainText("Grant DESCRIBE");
  await expect(rows.filter({ hasText: "Refunds audit" })).toContainText("No sample since");
});

test("filters live in the address and survive a reload", async ({ page }) => {
  await page.getByRole("button", { name: "late 4" }).click();
  await expect(page).toHaveURL(/state=late/);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(5);
  await page.getByRole("combobox", { name: "tier: any" }).click();
  await page.getByRole("option", { name: "critical" }).click();
  await expect(page.getByText("2 of 2")).toBeVisible();
  await page.reload();
  await expect(page.getByText("2 of 2")).toBeVisible();
  await expect(page.getByRole("button", { name: "late 4" })).toHaveAttribute("aria-pressed", "true");
});

test("a filter that nothing passes says so and can be cleared", async ({ page }) => {
  await page.keyboard.press("/");
  await page.keyboard.type("no such feed");
  await expect(page.getByRole("heading", { name: "No feed matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page.getByText("14 of 14")).toBeVisible();
});

test("columns sort, and the header says how", async ({ page }) => {
  await page.getByRole("button", { name: "Feed worst first" }).click();
  await expect(page.getByRole("columnheader", { name: "Feed" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toContainText("Ad impressions");
  await expect(page).toHaveURL(/sort=name/);
});

test("by keyboard alone: j and k move, enter opens", async ({ page }) => {
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = page.getByRole("table").getByRole("row").nth(1).getByRole("link");
  await expect(first).toBeFocused();
  const name = await first.innerText();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("the page goes on by itself; when it cannot, it says how old it is and dims", async ({ page }) => {
  await expect(page.getByText(/^updated \d+ s ago$/)).toBeVisible();
  await page.route("**/api/v1/feeds?**", (route) => route.abort());
  await expect(page.getByRole("status").filter({ hasText: "Tidemark does not answer" })).toBeVisible({
    timeout: 15_000,
  });
  await expect(page.locator("[data-stale]")).toBeVisible();
  await page.unroute("**/api/v1/feeds?**");
  await expect(page.getByText(/^updated \d+ s ago$/)).toBeVisible({ timeout: 15_000 });
  await expect(page.locator("[data-stale]")).toHaveCount(0);
});

test("an answer that has not changed costs a 304", async ({ page }) => {
  const answers: number[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/v1/feeds?")) answers.push(response.status());
  });
  await expect.poll(() => answers.includes(304), { timeout: 40_000 }).toBe(true);
});

test("on a narrow screen it is a list, and the navigation is behind a button", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("link", { name: "Orders activity" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(page.getByRole("dialog", { name: "Menu" }).getByRole("link", { name: "Feeds" })).toBeVisible();
});
