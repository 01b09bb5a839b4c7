import { appendFileSync } from "node:fs";

/** One thing the lab did or saw, with when (ISO 8601, UTC). `details` holds what a test needs to know: partitions, offsets, settings. */
export interface JournalEntry {
  at: string;
  event: string;
  details?: Record<string, unknown>;
}

export function writeJournal(file: string, event: string, details?: Record<string, unknown>): void {
  const entry: JournalEntry = { at: new Date().toISOString(), event, ...(details ? { details } : {}) };
  appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
}
