import { expect, test } from "@playwright/test";
import { ACCOUNT, signIn } from "./fixtures/account.ts";
import { test as console_ } from "./fixtures/test.ts";

test("without a session every page leads to sign-in, and the API answers 401", async ({ page, request }) => {
  for (const path of ["/", "/feeds", "/feeds/orders-activity"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  for (const path of [
    "/api/v1/feeds",
    "/api/v1/feeds/orders-activity/freshness",
    "/api/v1/feeds/orders-activity/overview",
  ]) {
    expect((await request.get(path)).status()).toBe(401);
  }
});

console_(
  "a wrong password is refused in words; the right one leads back to where one wanted to be",
  async ({ browser, scenes }) => {
    void scenes;
    const page = await (await browser.newContext({ storageState: { cookies: [], origins: [] } })).newPage();
    await page.goto("/feeds/returns");
    await signIn(page, "not the password");
    await expect(page.getByRole("alert").filter({ hasText: "do not match" })).toBeVisible();
    await signIn(page);
    await expect(page.getByRole("heading", { level: 1, name: "Returns" })).toBeVisible();
    await expect(page.getByText(ACCOUNT.name)).toBeVisible();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto("/feeds");
    await expect(page).toHaveURL(/\/sign-in/);
  },
);
