import type { Metadata } from "next";
import Link from "next/link";
import { Page } from "#components/shell/page.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { feedsPath } from "#lib/paths.ts";

export const metadata: Metadata = { title: "No such feed" };

export default function NoSuchFeed() {
  return (
    <Page crumbs={[{ label: "Feeds", href: feedsPath() }]} here="Not found">
      <h1 className="text-title font-semibold tracking-tight">There is no such feed</h1>
      <section className="panel">
        <Empty
          title="Nothing is measured under this name"
          action={
            <Link href={feedsPath()} className={buttonClass("primary")}>
              See all feeds
            </Link>
          }
        >
          <p>The address may be mistyped, or its contract has not been applied here.</p>
        </Empty>
      </section>
    </Page>
  );
}
