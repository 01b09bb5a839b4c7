import { z } from "zod";
import { ConnectionName, ShortText } from "../contract/formats.ts";
import type { ContractIssue } from "../contract/issues.ts";
import { pathText } from "../contract/issues.ts";
import { schemaFaults } from "../contract/schema-faults.ts";
import { readYaml } from "../contract/yaml-document.ts";
import { SASL_MECHANISMS } from "./connection-config.ts";
import { resolveVariables } from "./resolve-variables.ts";

const HttpUrl = z.stringFormat("tidemark-link", (text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
});
const PostgresUrl = z.stringFormat(
  "tidemark-link",
  (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
);
const HostPort = z.stringFormat("tidemark-host-port", /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}$/);
const Password = z.string().min(1).max(4096);
const Name = z.string().min(1).max(255);

/** One way to sign in over HTTP: `{ username, password }`, `{ token }` or OAuth2 client credentials. */
const Auth = z.union([
  z.strictObject({ username: Name, password: Password }),
  z.strictObject({ token: Password }),
  z.strictObject({ tokenUrl: HttpUrl, clientId: Name, clientSecret: Password, scope: z.string().max(1000).optional() }),
]);
export type AuthInput = z.infer<typeof Auth>;

const Cluster = z.strictObject({
  name: ConnectionName,
  bootstrap: z.array(HostPort).min(1).max(100),
  sasl: z.strictObject({ mechanism: z.enum(SASL_MECHANISMS), username: Name, password: Password }).optional(),
  tls: z
    .union([
      z.boolean(),
      z.strictObject({
        ca: z.string().max(65_536).optional(),
        cert: z.string().max(65_536).optional(),
        key: z.string().max(65_536).optional(),
        serverName: Name.optional(),
      }),
    ])
    .optional(),
  storage: z.enum(["shared-nothing", "tiered", "shared"]).default("shared-nothing"),
  superUsers: z.array(Name).max(1000).optional(),
  allowIfNoAcl: z.boolean().optional(),
});
export type ClusterInput = z.infer<typeof Cluster>;

const Http = { name: ConnectionName, url: HttpUrl, auth: Auth.optional() };

const Team = z.strictObject({
  name: z.stringFormat("tidemark-connection", /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/),
  members: z.array(z.email()).max(1000).default([]),
  contact: ShortText.optional(),
});

/** `tidemark.yaml`: the systems we measure and the teams that answer for them. */
export const TidemarkFile = z.strictObject({
  clusters: z.array(Cluster).default([]),
  connects: z.array(z.strictObject({ ...Http, cluster: ConnectionName })).default([]),
  registries: z.array(z.strictObject(Http)).default([]),
  catalogs: z
    .array(
      z.strictObject({
        name: ConnectionName,
        kind: z.literal("iceberg-rest"),
        uri: HttpUrl,
        warehouse: ShortText.optional(),
        auth: Auth.optional(),
      }),
    )
    .default([]),
  flinks: z.array(z.strictObject({ ...Http, cluster: ConnectionName })).default([]),
  databases: z.array(z.strictObject({ name: ConnectionName, url: PostgresUrl })).default([]),
  teams: z.array(Team).default([]),
});
export type TidemarkFile = z.infer<typeof TidemarkFile>;

export type ParsedTidemarkFile = { ok: true; file: TidemarkFile } | { ok: false; issues: ContractIssue[] };

/** Reads `tidemark.yaml`, puts the variables in, and tells everything that is wrong at once. */
export function parseTidemarkFile(text: string, variable: (name: string) => string | undefined): ParsedTidemarkFile {
  const reading = readYaml(text);
  if (!reading.ok) {
    return {
      ok: false,
      issues: reading.errors.map((error) => ({
        path: "",
        code: "syntax",
        remedy: "Correct the YAML there.",
        ...error,
      })),
    };
  }
  const { value, faults: unset } = resolveVariables(reading.document.value ?? {}, variable);
  const parsed = TidemarkFile.safeParse(value, { reportInput: true });
  const faults = [...unset, ...(parsed.success ? nameFaults(parsed.data) : schemaFaults(parsed.error.issues))];
  if (parsed.success && faults.length === 0) return { ok: true, file: parsed.data };
  return {
    ok: false,
    issues: faults.map(({ at, ...fault }) => ({ path: pathText(at), ...fault, line: reading.document.lineOf(at) })),
  };
}

type Section = keyof TidemarkFile;

function nameFaults(file: TidemarkFile) {
  return (Object.keys(file) as Section[]).flatMap((section) => {
    const seen = new Set<string>();
    return file[section].flatMap(({ name }, index) => {
      const twice = seen.has(name);
      seen.add(name);
      return twice
        ? [
            {
              at: [section, index, "name"],
              code: "rule" as const,
              message: `Two ${section} are called ${name}`,
              remedy: "Give each a name of its own.",
            },
          ]
        : [];
    });
  });
}
