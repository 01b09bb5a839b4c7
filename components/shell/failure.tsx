"use client";
import Link from "next/link";
import { buttonClass } from "#components/ui/button-class.ts";
import { feedsPath } from "#lib/paths.ts";

/** What a person may know and do when a page failed: the cause is in the server's log under the same reference. */
export function FailureWords({ digest }: { digest: string | undefined }) {
  return (
    <>
      <p>Something failed on the server. Nothing you did is lost; measuring goes on without this page.</p>
      {digest ? (
        <p>
          The cause is in the server&apos;s log, reference <span className="mono text-ink">{digest}</span>.
        </p>
      ) : null}
    </>
  );
}

export function FailureActions({ onRetry }: { onRetry: () => void }) {
  return (
    <>
      <button type="button" onClick={onRetry} className={buttonClass("primary")}>
        Try again
      </button>
      <Link href={feedsPath()} className={buttonClass()}>
        See all feeds
      </Link>
    </>
  );
}
