"use client";
import { FailureActions, FailureWords } from "#components/shell/failure.tsx";
import { MessagePage } from "#components/shell/message-page.tsx";

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <MessagePage title="This page could not be made" actions={<FailureActions onRetry={reset} />}>
      <FailureWords digest={error.digest} />
    </MessagePage>
  );
}
