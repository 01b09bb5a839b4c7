import { z } from "zod";
import type { ConnectionSecret, RegistryConfig } from "#lib/domain/connections/connection-config.ts";
import { HttpSource, parseJson } from "../http-source.ts";
import { SourceError } from "../source-error.ts";

/** A schema as the registry keeps it; references are other subjects' versions it builds on. */
export interface RegisteredSchema {
  schemaType: "AVRO" | "JSON" | "PROTOBUF";
  schema: string;
  references: { name: string; subject: string; version: number }[];
}

export interface SubjectVersion extends RegisteredSchema {
  subject: string;
  version: number;
  id: number;
}

const Schema = z.object({
  schemaType: z.enum(["AVRO", "JSON", "PROTOBUF"]).default("AVRO"),
  schema: z.string(),
  references: z
    .array(z.object({ name: z.string(), subject: z.string(), version: z.number() }))
    .nullish()
    .transform((references) => references ?? []),
});
const Version = Schema.extend({ subject: z.string(), version: z.number(), id: z.number() });

/** Reads a Confluent-compatible schema registry (its REST API v1). */
export class SchemaRegistry {
  readonly #subject: string;
  readonly #http: HttpSource;

  constructor(name: string, config: RegistryConfig, secret: ConnectionSecret) {
    this.#subject = `Schema registry ${name}`;
    const { url: baseUrl, auth, trusted } = config;
    this.#http = new HttpSource({ subject: this.#subject, baseUrl, auth, secret, trusted });
  }

  schemaById(id: number): Promise<RegisteredSchema> {
    return this.#read(`/schemas/ids/${id}`, Schema);
  }

  subjects(): Promise<string[]> {
    return this.#read("/subjects", z.array(z.string()));
  }

  versions(subject: string): Promise<number[]> {
    return this.#read(`/subjects/${encodeURIComponent(subject)}/versions`, z.array(z.number()));
  }

  version(subject: string, version: number | "latest"): Promise<SubjectVersion> {
    return this.#read(`/subjects/${encodeURIComponent(subject)}/versions/${version}`, Version);
  }

  async #read<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    const { text } = await this.#http.get(path);
    const parsed = shape.safeParse(parseJson(text, this.#subject));
    if (!parsed.success) throw new SourceError("malformed", `${this.#subject} answered ${path} with another shape.`);
    return parsed.data;
  }
}
