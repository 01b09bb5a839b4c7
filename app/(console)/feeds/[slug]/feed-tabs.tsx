"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { feedContractPath, feedPath } from "#lib/paths.ts";

/** The pages of one feed: those there are. */
export function FeedTabs({ slug }: { slug: string }) {
  const path = usePathname();
  const tabs = [
    { label: "Overview", href: feedPath(slug) },
    { label: "Contract", href: feedContractPath(slug) },
  ];
  return (
    <nav aria-label="Feed pages" className="-mx-6 overflow-x-auto border-b px-6 narrow:-mx-3 narrow:px-3">
      <ul className="flex gap-[2px]">
        {tabs.map(({ label, href }) => (
          <li key={href} className="first:-ml-[10px]">
            <Link
              href={href}
              aria-current={path === href ? "page" : undefined}
              className="flex border-b-2 border-transparent px-[10px] pt-[6px] pb-2 text-table font-medium text-muted -outline-offset-2 hover:text-ink aria-[current]:border-ink aria-[current]:text-ink narrow:py-[10px]"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
