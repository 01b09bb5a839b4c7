import { expect, test } from "./fixtures/test.ts";

test("with no feed yet, the page says what to do", async ({ page }) => {
  await page.goto("/feeds");
  await expect(page).toHaveTitle("Feeds · Tidemark");
  await expect(page.getByText("No feed has a contract yet.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No feed is measured yet" })).toBeVisible();
  await expect(page.getByText("npx tidemark contract apply")).toBeVisible();
});
