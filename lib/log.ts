import { env } from "./env.ts";

type Level = "debug" | "info" | "warn" | "error";
type Value = string | number | bigint | boolean | Date | null | undefined;
export type Fields = Readonly<Record<string, Value | readonly Value[] | Error>>;

const RANK: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/**
 * Text passes only under these names; numbers, booleans and instants pass under any. So a password, a token or a record's
 * payload cannot reach a log by being handed over under a name nobody thought of.
 */
const TEXT_ALLOWED = new Set(
  `action actor address because catalog cause channel check child cluster code command connect connection connectionId connector
  contract event feed feedId file folder from groupId holder hop host id identifier job jobId key kind level lease method migration
  mode name needs node origin outcome partition path phase pid platform problem process queue reason ref release requestId resource
  role route service signal slug snapshotId source stage state status step subject table task taskIdentifier team template tick to
  topic topicId type url userId verb version view worker workerId`.split(/\s+/),
);

export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** A log whose every line carries `fields`. */
  with(fields: Fields): Log;
}

/** One line of JSON: `at` (ISO instant), `level`, `message`, then the fields. Exported for its tests. */
export function formatLine(at: Date, level: Level, message: string, fields: Fields): string {
  const line: Record<string, unknown> = { at: at.toISOString(), level, message: scrub(message) };
  for (const [name, value] of Object.entries(fields)) line[name] = safe(name, value);
  return JSON.stringify(line);
}

/** Masks what a message may carry in spite of us: passwords in URLs, `password=…` and the like, bearer tokens. */
export function scrub(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]*@/gi, "$1:***@")
    .replace(
      /\b(password|passwd|secret|token|api[-_]?key|authorization)(["']?\s*[=:]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;&]+/gi,
      "$1$2***",
    )
    .replace(/\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}/gi, "$1 ***");
}

function safe(name: string, value: Fields[string]): unknown {
  if (value instanceof Error) return describe(value);
  if (Array.isArray(value)) return value.slice(0, 20).map((one: Value) => safe(name, one));
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "string") return value;
  return TEXT_ALLOWED.has(name) ? scrub(value).slice(0, 500) : "[not logged]";
}

function describe(error: Error): object {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const cause = error.cause instanceof Error ? describe(error.cause) : undefined;
  return {
    name: error.name,
    code,
    message: scrub(error.message).slice(0, 1000),
    stack: error.stack
      ?.split("\n")
      .slice(1, 8)
      .map((at) => at.trim()),
    cause,
  };
}

function makeLog(base: Fields): Log {
  const write =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      if (RANK[level] < RANK[env.TIDEMARK_LOG_LEVEL]) return;
      process.stderr.write(formatLine(new Date(), level, message, { ...base, ...fields }) + "\n");
    };
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    with: (fields) => makeLog({ ...base, ...fields }),
  };
}

/** JSON lines on standard error. */
export const log: Log = makeLog({});
