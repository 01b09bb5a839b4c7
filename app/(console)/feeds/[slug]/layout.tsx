import { notFound } from "next/navigation";
import { requireViewer } from "#lib/auth/viewer.ts";
import { feedExists } from "#lib/views/feed-exists.ts";

/** Stands before the skeletons: once a page has begun to stream, it can no longer answer 404. */
export default async function FeedLayout({
  params,
  children,
}: {
  params: Promise<{ slug: string }>;
  children: React.ReactNode;
}) {
  const { slug } = await params;
  if (!(await feedExists(await requireViewer(), slug))) notFound();
  return children;
}
