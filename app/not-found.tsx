import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "#components/shell/message-page.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { feedsPath } from "#lib/paths.ts";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is no such page"
      actions={
        <Link href={feedsPath()} className={buttonClass("primary")}>
          See all feeds
        </Link>
      }
    >
      <p>The address may be mistyped, or what it named has been removed.</p>
    </MessagePage>
  );
}
