"use client";
import { FailureActions, FailureWords } from "#components/shell/failure.tsx";
import { Page } from "#components/shell/page.tsx";
import { Empty } from "#components/ui/empty.tsx";

export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Page here="Failed">
      <h1 className="text-title font-semibold tracking-tight">This page could not be made</h1>
      <section className="panel">
        <Empty title="Try again in a moment" action={<FailureActions onRetry={reset} />}>
          <FailureWords digest={error.digest} />
        </Empty>
      </section>
    </Page>
  );
}
