import { getPool } from "./client.ts";

/** Whether the database answers and its schema is there; the migrations it has finished. Throws when it does not answer in 3 s. */
export async function readSchemaState(): Promise<{ finished: string[]; unfinished: string[] }> {
  const { rows } = await withDeadline(
    getPool().query<{ name: string; done: boolean }>(
      `SELECT migration_name AS name, finished_at IS NOT NULL AS done FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY 1`,
    ),
    3000,
  );
  return {
    finished: rows.filter(({ done }) => done).map(({ name }) => name),
    unfinished: rows.filter(({ done }) => !done).map(({ name }) => name),
  };
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
