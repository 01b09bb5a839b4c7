import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Page } from "#components/shell/page.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { requireViewer } from "#lib/auth/viewer.ts";
import { instantText } from "#lib/display.ts";
import { isServiceError } from "#lib/errors.ts";
import { feedPath, feedsPath } from "#lib/paths.ts";
import { feedContract } from "#lib/views/feed-contract.ts";
import { FeedTabs } from "../feed-tabs.tsx";
import { clauseRows } from "./clause-rows.ts";

interface Props {
  params: Promise<{ slug: string }>;
}

const read = cache(async (slug: string) => {
  try {
    return await feedContract(await requireViewer(), slug);
  } catch (error) {
    if (isServiceError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { contract, version } = await read((await params).slug);
  return { title: `${contract.metadata.name}: contract v${version}` };
}

export default async function ContractPage({ params }: Props) {
  const view = await read((await params).slug);
  const { name, tier, description } = view.contract.metadata;
  return (
    <Page
      crumbs={[
        { label: "Feeds", href: feedsPath() },
        { label: name, href: feedPath(view.slug) },
      ]}
      here="Contract"
    >
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-title font-semibold tracking-tight">{name}</h1>
          <Tag>{tier}</Tag>
        </div>
        <p className="mt-1 text-meta text-muted">
          Contract v{view.version}, in force since{" "}
          {view.activatedAt === null ? "an unknown time" : instantText(view.activatedAt)}, by {view.createdBy}
          {description ? `. ${description}` : ""}
        </p>
      </div>
      <FeedTabs slug={view.slug} />
      <section className="panel" aria-labelledby="clauses">
        <h2 id="clauses" className="px-4 pt-3 pb-2 text-section font-semibold tracking-tight narrow:px-3">
          What is promised?
        </h2>
        <dl className="grid grid-cols-[160px_minmax(0,1fr)] border-t text-table narrow:grid-cols-1">
          {clauseRows(view.contract).map(({ clause, says }) => (
            <div key={clause} className="contents">
              <dt className="px-4 pt-2 font-medium wide:border-b wide:border-hair-soft wide:pb-2 narrow:px-3">
                {clause}
              </dt>
              <dd className="border-b border-hair-soft px-4 pt-2 pb-2 break-words text-muted narrow:px-3 narrow:pt-0">
                {says.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="panel" aria-labelledby="yaml">
        <h2 id="yaml" className="px-4 pt-3 pb-2 text-section font-semibold tracking-tight narrow:px-3">
          The document
        </h2>
        <pre
          tabIndex={0}
          role="region"
          aria-label="The contract as YAML"
          className="mono overflow-x-auto border-t px-4 py-3 text-table narrow:px-3"
        >
          {view.yaml}
        </pre>
        <p className="border-t px-4 py-2 text-meta text-muted narrow:px-3">
          A new version is put in force by{" "}
          <code className="mono text-ink">npx tidemark contract apply -f {view.slug}.yaml</code>
        </p>
      </section>
    </Page>
  );
}
