"use client";
import { FeedState } from "#components/feeds/feed-state.tsx";
import { useNow } from "#components/live/clock.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { dayText, instantText, wordsOf } from "#lib/display.ts";
import type { FeedOverview } from "#lib/views/feed-overview.ts";

/** What the feed is, its state, the contract it is held to, and who recovers it. */
export function FeedHead({ feed }: { feed: FeedOverview }) {
  const { contract } = feed;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-title font-semibold tracking-tight">{feed.name}</h1>
        <FeedState state={feed.now.state} />
        {feed.tier === null ? null : <Tag>{feed.tier}</Tag>}
        {contract?.runbook ? (
          <a
            href={contract.runbook}
            className={`${buttonClass("plain", "small")} ml-auto narrow:ml-0`}
            rel="noreferrer"
          >
            Runbook
          </a>
        ) : null}
      </div>
      <div className="mt-1 flex flex-wrap gap-x-4 gap-y-[2px] text-meta text-muted">
        <span className="mono">{feed.slug}</span>
        {feed.pattern === null ? null : <span>{wordsOf(feed.pattern)}</span>}
        {contract === null ? <span>no contract in force</span> : <InForce contract={contract} />}
        {contract === null ? null : (
          <span>
            recovery owner <b className="font-semibold text-ink">{contract.recoveryOwner}</b>
          </span>
        )}
      </div>
    </div>
  );
}

function InForce({ contract }: { contract: NonNullable<FeedOverview["contract"]> }) {
  const now = new Date(useNow()).toISOString();
  const since = contract.inForceSince;
  return (
    <span>
      contract v{contract.version}
      {since === null ? "" : ", in force since "}
      {since === null ? null : (
        <time dateTime={since} title={instantText(since)}>
          {dayText(since, now)}
        </time>
      )}
    </span>
  );
}
