import avro, { type Type } from "avsc";
import type { AvroDecoder } from "../kafka/event-time.ts";
import { SourceError } from "../source-error.ts";
import type { RegisteredSchema, SchemaRegistry } from "./schema-registry.ts";

const MOST_KEPT = 500;
/** A schema that could not be had is not asked for again for this long: a topic of unreadable records asks each tick. */
const FAILED_KEPT_MS = 30_000;
const DEEPEST = 8;

interface Kept {
  type: Promise<Type>;
  failedAt: number | null;
}

/** Decodes Avro bodies by their writer's schema. A schema of an id never changes, so it is asked for once. */
export class RegistryAvroDecoder implements AvroDecoder {
  readonly #registry: SchemaRegistry;
  readonly #kept = new Map<number, Kept>();

  constructor(registry: SchemaRegistry) {
    this.#registry = registry;
  }

  async decode(schemaId: number, body: Buffer): Promise<unknown> {
    const type = await this.#type(schemaId);
    try {
      return type.fromBuffer(body) as unknown;
    } catch (error) {
      throw new SourceError("malformed", `the value is not what schema ${schemaId} says`, { cause: error });
    }
  }

  #type(id: number): Promise<Type> {
    const known = this.#kept.get(id);
    if (known && (known.failedAt === null || known.failedAt + FAILED_KEPT_MS > Date.now())) return known.type;
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    const kept: Kept = { type: this.#compile(id), failedAt: null };
    kept.type.catch(() => (kept.failedAt = Date.now()));
    this.#kept.set(id, kept);
    return kept.type;
  }

  async #compile(id: number): Promise<Type> {
    const schema = await this.#registry.schemaById(id);
    if (schema.schemaType !== "AVRO")
      throw new SourceError("unsupported", `schema ${id} is ${schema.schemaType}, not Avro`);
    const known: Record<string, Type> = { long: exactLong };
    await this.#compileReferences(schema, known, DEEPEST);
    try {
      return parse(schema.schema, known);
    } catch (error) {
      throw new SourceError("malformed", `schema ${id} could not be compiled`, { cause: error });
    }
  }

  /** Named types of referenced schemas go into `known`, deepest first. */
  async #compileReferences(schema: RegisteredSchema, known: Record<string, Type>, depth: number): Promise<void> {
    if (depth === 0) throw new SourceError("malformed", "the schema's references go too deep");
    for (const { name, subject, version } of schema.references) {
      if (known[name]) continue;
      const referenced = await this.#registry.version(subject, version);
      await this.#compileReferences(referenced, known, depth - 1);
      known[name] ??= parse(referenced.schema, known);
    }
  }
}

/** Longs exceed 2^53: they are read as bigint. */
const exactLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: (value: string | number) => BigInt(value),
  toJSON: (value: bigint) => value.toString(),
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

/** What a long with a time's logical type says is a Date, whatever the contract calls its format. */
function timeType(unitsPerMs: bigint) {
  return class extends avro.types.LogicalType {
    override _fromValue(value: unknown): Date {
      const units = BigInt(value as bigint | number);
      return new Date(Number(units / unitsPerMs));
    }
    override _toValue(value: unknown): bigint {
      return BigInt((value as Date).getTime()) * unitsPerMs;
    }
    override _resolve(): undefined {
      return undefined;
    }
  };
}

function parse(schema: string, registry: Record<string, Type>): Type {
  return avro.Type.forSchema(JSON.parse(schema) as avro.Schema, {
    registry,
    logicalTypes: { "timestamp-millis": timeType(1n), "timestamp-micros": timeType(1000n) },
  });
}
