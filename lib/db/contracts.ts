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

type ActiveContract = Omit<ContractVersionRow, "source">;

/** Documents read before, by version id: a version never changes, and the workers ask every few seconds. */
const readBefore = new Map<string, FeedContract>();

/** The contract in force of every feed, by slug; at most `limit` after `afterSlug`. Only documents not read before are fetched. */
export async function listActiveContracts(
  page: { afterSlug?: string; limit?: number } = {},
  db: Transaction = getPrisma(),
): Promise<ActiveContract[]> {
  const rows = await db.contractVersion.findMany({
    where: { state: "active", feed: { slug: { gt: page.afterSlug ?? "" } } },
    select: {
      id: true,
      feedId: true,
      version: true,
      state: true,
      contentHash: true,
      createdBy: true,
      createdAt: true,
      activatedAt: true,
      feed: { select: { slug: true } },
    },
    orderBy: { feed: { slug: "asc" } },
    take: page.limit ?? 10_000,
  });
  await readDocuments(
    rows.map((row) => row.id),
    db,
  );
  return rows.flatMap(({ feed, ...row }) => {
    const contract = readBefore.get(row.id);
    return contract ? [{ ...row, slug: feed.slug, contract }] : [];
  });
}

const MOST_KEPT = 20_000;

async function readDocuments(asked: string[], db: Transaction): Promise<void> {
  if (readBefore.size > MOST_KEPT) {
    const wanted = new Set(asked);
    for (const id of readBefore.keys()) if (!wanted.has(id)) readBefore.delete(id);
  }
  const ids = asked.filter((id) => !readBefore.has(id));
  if (ids.length === 0) return;
  const rows = await db.contractVersion.findMany({ where: { id: { in: ids } }, select: { id: true, document: true } });
  for (const row of rows) readBefore.set(row.id, FeedContract.parse(row.document));
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

export async function createVersion(tx: Transaction, version: Omit<ContractVersionRow, "slug">): Promise<void> {
  const { contract, ...row } = version;
  // A parsed contract is plain data: text, numbers, lists and groups of them.
  await tx.contractVersion.create({ data: { ...row, document: contract as Prisma.InputJsonValue } });
}
