"use client";
import { Menu } from "@base-ui/react/menu";
import { Check, Contrast } from "lucide-react";
import { THEMES, type Theme } from "./theme.ts";
import { chooseTheme, useTheme } from "./use-theme.ts";

const WORDS: Readonly<Record<Theme, string>> = { system: "As the system", light: "Light", dark: "Dark" };

export function ThemeToggle({ initial }: { initial: Theme }) {
  const theme = useTheme(initial);
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Theme: ${WORDS[theme].toLowerCase()}`}
        className="grid size-7 place-items-center rounded text-muted hover:text-ink narrow:size-9"
      >
        <Contrast size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-30">
          <Menu.Popup className="grid min-w-40 rounded border border-control bg-raised py-1 text-table text-ink">
            <Menu.RadioGroup value={theme} onValueChange={(next: Theme) => chooseTheme(next)}>
              {THEMES.map((one) => (
                <Menu.RadioItem
                  key={one}
                  value={one}
                  closeOnClick
                  className="flex h-8 cursor-pointer items-center gap-2 px-3 outline-none data-highlighted:bg-accent-soft"
                >
                  <span className="size-4">{one === theme ? <Check size={14} aria-hidden /> : null}</span>
                  {WORDS[one]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
