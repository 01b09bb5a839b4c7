/** The theme is an attribute the server sets from a cookie: no script runs before the first paint, and none flashes. */
export const THEME_COOKIE = "tidemark-theme";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export function parseTheme(text: string | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? "system";
}
