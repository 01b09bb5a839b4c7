import { Page } from "#components/shell/page.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function FeedsLoading() {
  return (
    <Page here="Feeds">
      <h1 className="text-title font-semibold tracking-tight">Feeds</h1>
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-[480px] w-full" />
    </Page>
  );
}
