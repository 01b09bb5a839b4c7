"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { SECTIONS } from "./sections.ts";

const ITEM = "flex h-7 items-center justify-between rounded px-2 text-table font-medium narrow:h-10";

export function NavLinks({ onGo }: { onGo?: () => void }) {
  const path = usePathname();
  return (
    <ul className="grid gap-[2px]">
      {SECTIONS.map(({ name, href }) => (
        <li key={name}>
          {href === null ? (
            <span className={`${ITEM} text-muted`}>
              {name}
              <span className="text-label font-normal">not built yet</span>
            </span>
          ) : (
            <Link
              href={href}
              onClick={onGo}
              aria-current={path.startsWith(href) ? "page" : undefined}
              className={`${ITEM} text-muted hover:bg-sunken aria-[current]:bg-hair-soft aria-[current]:text-ink`}
            >
              {name}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
