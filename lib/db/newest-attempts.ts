import { getPool } from "./client.ts";

export interface NewestAttempt {
  kind: string;
  name: string;
  tick: Date | null;
  outcome: string | null;
  error: string | null;
}

/** Each connection with its newest attempt at reading it; nulls where there was none. */
export async function listNewestAttempts(): Promise<NewestAttempt[]> {
  const { rows } = await getPool().query<NewestAttempt>(
    `SELECT c.kind::text AS kind, c.name, a.tick, a.outcome, a.error
       FROM connections c
       LEFT JOIN LATERAL (SELECT tick, outcome, error FROM sample_attempts
                           WHERE connection_id = c.id ORDER BY tick DESC LIMIT 1) a ON true
      WHERE c.removed_at IS NULL ORDER BY c.kind, c.name LIMIT 1000`,
  );
  return rows;
}
