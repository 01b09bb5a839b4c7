import type { Prisma, VersionState } from "#generated/prisma/client.ts";
import { FeedContract } from "#lib/domain/contract/feed-contract.ts";
import { getPrisma } from "./client.ts";
import type { Transaction } from "./transaction.ts";

export type { VersionState };

/** One version of a feed's contract, its document read. */
export interface ContractVersionRow {
  id: string;
  feedId: string;
  slug: string;
  version: number;
  state: VersionState;
  contract: FeedContract;
  /** What was handed in, word for word. */
  source: string;
  contentHash: string;
  createdBy: string;
  createdAt: Date;
  activatedAt: Date | null;
}

const withSlug = { feed: { select: { slug: true } } } as const;
type Row = Prisma.ContractVersionGetPayload<{ include: typeof withSlug }>;

function read({ feed, document, ...row }: Row): ContractVersionRow {
  return { ...row, slug: feed.slug, contract: FeedContract.parse(document) };
}

export async function findActiveContract(
  slug: string,
  db: Transaction = getPrisma(),
): Promise<ContractVersionRow | null> {
  const row = await db.contractVersion.findFirst({ where: { feed: { slug }, state: "active" }, include: withSlug });
  return row === null ? null : read(row);
}

/** The contract in force of every feed, by slug; at most `limit` after `afterSlug`. */
export async function listActiveContracts(
  page: { afterSlug?: string; limit?: number } = {},
  db: Transaction = getPrisma(),
): Promise<ContractVersionRow[]> {
  const rows = await db.contractVersion.findMany({
    where: { state: "active", feed: { slug: { gt: page.afterSlug ?? "" } } },
    include: withSlug,
    orderBy: { feed: { slug: "asc" } },
    take: page.limit ?? 10_000,
  });
  return rows.map(read);
}

export async function findVersion(
  slug: string,
  version: number,
  db: Transaction = getPrisma(),
): Promise<ContractVersionRow | null> {
  const row = await db.contractVersion.findFirst({ where: { feed: { slug }, version }, include: withSlug });
  return row === null ? null : read(row);
}

export async function latestVersionNumber(feedId: string, db: Transaction): Promise<number> {
  const found = await db.contractVersion.aggregate({ where: { feedId }, _max: { version: true } });
  return found._max.version ?? 0;
}

export async function supersedeActive(tx: Transaction, feedId: string, now: Date): Promise<void> {
  await tx.contractVersion.updateMany({
    where: { feedId, state: "active" },
    data: { state: "superseded", supersededAt: now },
  });
}

export async function createVersion(
  tx: Transaction,
  version: {
    id: string;
    feedId: string;
    version: number;
    state: VersionState;
    contract: FeedContract;
    source: string;
    contentHash: string;
    createdBy: string;
    createdAt: Date;
    activatedAt: Date | null;
  },
): Promise<void> {
  const { contract, ...row } = version;
  // A parsed contract is plain data: text, numbers, lists and groups of them.
  await tx.contractVersion.create({ data: { ...row, document: contract as Prisma.InputJsonValue } });
}
