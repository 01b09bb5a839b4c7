import Link from "next/link";
import { feedsPath } from "#lib/paths.ts";

export function Brand() {
  return (
    <Link
      href={feedsPath()}
      className="flex items-center gap-2 self-start rounded px-2 py-1 text-prose font-semibold tracking-tight"
    >
      <svg viewBox="0 0 18 18" className="size-[18px]" aria-hidden="true">
        <path d="M1 4h5v4h5v6h6" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M1 16.5h16" stroke="currentColor" strokeWidth="1" opacity=".4" />
      </svg>
      Tidemark
    </Link>
  );
}
