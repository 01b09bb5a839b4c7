import type { Transaction } from "./transaction.ts";
import { uuid } from "./uuid.ts";

export interface FeedRow {
  id: string;
  slug: string;
  createdAt: Date;
}

const FEED = { id: true, slug: true, createdAt: true } as const;

/** The feed of that slug, made if there is none, locked until the transaction ends: its versions are written one at a time. */
export async function lockFeed(tx: Transaction, slug: string): Promise<FeedRow> {
  await tx.$executeRaw`INSERT INTO feeds (id, slug) VALUES (${uuid()}::uuid, ${slug}) ON CONFLICT (slug) DO NOTHING`;
  await tx.$queryRaw`SELECT id FROM feeds WHERE slug = ${slug} FOR UPDATE`;
  return tx.feed.findUniqueOrThrow({ where: { slug }, select: FEED });
}
