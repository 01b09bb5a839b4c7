import { Page } from "#components/shell/page.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { feedsPath } from "#lib/paths.ts";

export default function FeedLoading() {
  return (
    <Page crumbs={[{ label: "Feeds", href: feedsPath() }]} here="…">
      <Skeleton className="h-12 w-80" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-[540px] w-full" />
      <Skeleton className="h-[280px] w-full" />
    </Page>
  );
}
