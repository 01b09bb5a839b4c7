"use client";
import Link from "next/link";
import { useConsole } from "./console-context.tsx";
import { Jump } from "./jump.tsx";
import { LiveIndicator } from "./live-indicator.tsx";
import { NarrowMenu } from "./narrow-menu.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

export interface Crumb {
  label: string;
  href: string;
}

/** Where this page is, the jump, how live it is, the theme. */
export function TopBar({ crumbs = [], here }: { crumbs?: readonly Crumb[]; here: string }) {
  const { account, theme } = useConsole();
  return (
    <header className="sticky top-0 z-10 flex h-12 items-center gap-3 border-b bg-canvas px-6 narrow:gap-2 narrow:px-3">
      <NarrowMenu account={account} />
      <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
        <ol className="flex min-w-0 gap-[6px] text-table font-medium text-muted">
          {crumbs.map((crumb) => (
            <li key={crumb.href} className="flex gap-[6px] narrow:hidden">
              <Link href={crumb.href} className="hover:text-ink">
                {crumb.label}
              </Link>
              <span aria-hidden="true">/</span>
            </li>
          ))}
          <li aria-current="page" className="truncate text-ink">
            {here}
          </li>
        </ol>
      </nav>
      <Jump />
      <LiveIndicator />
      <ThemeToggle initial={theme} />
    </header>
  );
}
