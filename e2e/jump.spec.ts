import { expect, open, test } from "./fixtures/test.ts";

test.beforeEach(async ({ page, scenes }) => {
  void scenes;
  await open(page, "/feeds");
});

test("⌘K finds a feed by its topic's owner or name, and enter opens it", async ({ page }) => {
  await page.keyboard.press("Control+k");
  const jump = page.getByRole("dialog", { name: "Jump to a feed, or act" });
  await expect(jump.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("fraud");
  await expect(jump.getByRole("option", { name: /Fraud signals/ })).toBeVisible();
  await expect(jump.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Fraud signals" })).toBeVisible();
});

test("⌘K acts: the theme changes at once and stays", async ({ page }) => {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("theme dark");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Theme: dark" }).click();
  await page.getByRole("menuitemradio", { name: "As the system" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "system");
});

test("escape closes it, and focus is where it was", async ({ page }) => {
  const button = page.getByRole("button", { name: "Jump to a feed, or act" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(button).toBeFocused();
});
