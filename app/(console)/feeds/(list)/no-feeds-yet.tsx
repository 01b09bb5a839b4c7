import { Empty } from "#components/ui/empty.tsx";

/** None yet: what to do. */
export function NoFeedsYet() {
  return (
    <section className="panel">
      <Empty title="No feed is measured yet">
        <p>A feed is measured once Tidemark knows its cluster and a contract says what it promises. On the server:</p>
        <ol className="grid gap-3 text-ink">
          <li className="grid gap-1">
            <span>1. Name the systems to read, in a file:</span>
            <code className="mono rounded bg-sunken px-3 py-2 text-table">
              npx tidemark connection apply -f tidemark.yaml
            </code>
          </li>
          <li className="grid gap-1">
            <span>2. Put the feed&apos;s contract in force:</span>
            <code className="mono rounded bg-sunken px-3 py-2 text-table">
              npx tidemark contract apply -f orders-activity.yaml
            </code>
          </li>
        </ol>
        <p>It appears here within one sampling interval, by itself.</p>
      </Empty>
    </section>
  );
}
