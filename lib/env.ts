import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Settings as text in, checked values out. An empty string counts as not set. */
const Settings = z.object({
  NODE_ENV: z.string().default("development"),
  /** Where the web process listens. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  /** Any PostgreSQL ≥ 15. Without it, the embedded one under TIDEMARK_HOME. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
    .optional(),
  /** Most connections one process opens to the database. */
  TIDEMARK_DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  /** Folder of everything this installation keeps outside its database: secrets made here, ports, the embedded database. */
  TIDEMARK_HOME: z
    .string()
    .default(".tidemark")
    .transform((folder) => path.resolve(/* turbopackIgnore: true */ folder)),
  /** A YAML file of connections and contracts that is applied at start. */
  TIDEMARK_CONFIG: z.string().optional(),
  /** Key that wraps the keys of stored secrets: 32 bytes in base64. */
  TIDEMARK_KEK: z.string().optional(),
  /** Secret that signs the sign-in cookie. */
  NEXTAUTH_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
  /** The address people use, when it is not http://HOST:PORT. */
  TIDEMARK_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** For the command line used from afar. */
  TIDEMARK_URL: z.url({ protocol: /^https?$/ }).optional(),
  TIDEMARK_TOKEN: z.string().optional(),
  /** Milliseconds between ticks. */
  TIDEMARK_SAMPLING_INTERVAL_MS: z.coerce.number().int().min(1000).max(3_600_000).default(10_000),
  TIDEMARK_LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export type Env = z.output<typeof Settings>;

export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.keys(Settings.shape).flatMap((name) => (source[name] ? [[name, source[name]]] : [])),
  );
  const parsed = Settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`Settings are not right: ${wrong.join("; ")}. See .env.example for what each one means.`);
}

/** The settings of this process: the only reader of `process.env`. */
export const env: Env = readEnv(process.env);

/** A variable of the environment by name: for the `${NAME}` of files that an operator applies on this machine. */
export function findVariable(name: string): string | undefined {
  return process.env[name];
}

/** URL of the database: `DATABASE_URL`, or that of the embedded one as `TIDEMARK_HOME/database.json` tells it. */
export function getDatabaseUrl(settings: Env = env): string {
  if (settings.DATABASE_URL) return settings.DATABASE_URL;
  const file = path.join(/* turbopackIgnore: true */ settings.TIDEMARK_HOME, "database.json");
  const text = findText(file);
  if (text === null) {
    throw new Error(
      `No database: DATABASE_URL is not set and there is no embedded one at ${file}. Run \`npm start\` first, or set DATABASE_URL.`,
    );
  }
  return z.object({ url: z.string() }).parse(JSON.parse(text)).url;
}

/** `TIDEMARK_KEK`, or the one made for the embedded database. Never made up for a database that is not ours. */
export function getKeyEncryptionKey(settings: Env = env): string {
  return getSecret(settings, settings.TIDEMARK_KEK, "kek", "TIDEMARK_KEK");
}

/** `NEXTAUTH_SECRET`, or the one made for the embedded database. */
export function getAuthSecret(settings: Env = env): string {
  return getSecret(settings, settings.NEXTAUTH_SECRET, "auth-secret", "NEXTAUTH_SECRET");
}

/** The address people open: no trailing slash. */
export function getPublicUrl(settings: Env = env): string {
  return (settings.TIDEMARK_PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, "");
}

function getSecret(settings: Env, given: string | undefined, file: string, name: string): string {
  if (given) return given;
  const kept = settings.DATABASE_URL
    ? null
    : findText(path.join(/* turbopackIgnore: true */ settings.TIDEMARK_HOME, file));
  if (kept) return kept.trim();
  const how = "openssl rand -base64 32";
  throw new Error(
    `${name} is not set. Make one with \`${how}\`, keep it safe, and set it for every process of this installation.`,
  );
}

function findText(file: string): string | null {
  try {
    return readFileSync(/* turbopackIgnore: true */ file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
