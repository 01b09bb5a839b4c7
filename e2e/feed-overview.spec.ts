import { expect, open, test } from "./fixtures/test.ts";

test.beforeEach(({ scenes }) => {
  void scenes;
});

test("a late feed: what is wrong, whose it is, and the hop that holds it", async ({ page }) => {
  await open(page, "/feeds/orders-activity");
  await expect(page).toHaveTitle("Orders activity is late · Tidemark");
  const trouble = page.getByRole("region", { name: "What is wrong" });
  await expect(trouble).toContainText("The table has taken nothing in since");
  await expect(trouble).toContainText("team:lake");
  const picture = page.getByRole("img", { name: /How far back each hop stands/ });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveAccessibleName(
    /table holds \d+ minutes.*Age \d+ minutes.*against an objective of 2 minutes/,
  );
  await expect(page.getByText(/holds 9\d%/)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Late: age passed 120 s." })).toBeVisible();
});

test("both pictures have a table beside them", async ({ page }) => {
  await open(page, "/feeds/orders-activity");
  await page.getByRole("button", { name: "Which hop holds the data back?, as a table" }).click();
  const hops = page.getByRole("region", { name: "Hops as a table" });
  await expect(hops.getByRole("row")).toHaveCount(5);
  await expect(hops.getByRole("row").filter({ hasText: "table" }).first()).toContainText("exact");
  await page.getByRole("button", { name: "How old has it been, and whose was it?, as a table" }).click();
  await expect(page.getByRole("region", { name: "Age over time as a table" }).getByRole("row").nth(1)).toContainText(
    "table",
  );
});

test("every figure says why it is what it is", async ({ page }) => {
  await open(page, "/feeds/orders-activity");
  for (const [of, says] of [
    ["Age now", "the tidemark of the target"],
    ["Held by", "one cadence ago"],
    ["Last record", "saw a source log grow"],
    ["Hold of table", "Records of the control topic"],
  ] as const) {
    await page
      .getByRole("button", { name: `Why this number? ${of}` })
      .first()
      .click();
    const why = page.getByRole("dialog", { name: new RegExp(`^${of}`) });
    await expect(why).toContainText(says);
    await expect(why).toContainText("version 1");
    await page.keyboard.press("Escape");
    await expect(why).toBeHidden();
  }
});

test("the range lives in the address", async ({ page }) => {
  await open(page, "/feeds/orders-activity");
  await page.getByRole("button", { name: "24h" }).click();
  await expect(page).toHaveURL(/range=24h/);
  await expect(page.getByText("last 24 hours, worst of each minute, stacked by hop")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "24h" })).toHaveAttribute("aria-pressed", "true");
});

test("what is not known is said, never drawn as fresh", async ({ page }) => {
  await open(page, "/feeds/payments-ledger");
  await expect(page.getByText("The connector sink cannot be measured.")).toBeVisible();
  await expect(page.getByRole("img", { name: /How far back each hop stands/ })).toHaveAccessibleName(
    /sink is unmeasured.*Age at least/,
  );
  await open(page, "/feeds/refunds-audit");
  await expect(page.getByRole("region", { name: "What is wrong" })).toContainText("Nothing is known of now.");
  await open(page, "/feeds/loyalty-points");
  await expect(page.getByText("There is nothing to draw.")).toBeVisible();
});

test("silent and idle are told apart", async ({ page }) => {
  await open(page, "/feeds/inventory-levels");
  await expect(page.getByText(/No record has arrived on orders since/)).toBeVisible();
  await open(page, "/feeds/support-tickets");
  await expect(page.getByRole("region", { name: "What is wrong" })).toHaveCount(0);
  await expect(page.getByText("Nothing waits anywhere", { exact: false })).toBeVisible();
});

test("on a narrow screen there is one row a hop", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/feeds/fraud-signals");
  await expect(page.getByRole("img", { name: /How far back each hop stands/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test("a feed that is not there says so", async ({ page }) => {
  const response = await page.goto("/feeds/nowhere");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "There is no such feed" })).toBeVisible();
  await page.getByRole("link", { name: "See all feeds" }).click();
  await expect(page).toHaveURL(/\/feeds$/);
});
