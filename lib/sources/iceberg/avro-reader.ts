import { SourceError } from "../source-error.ts";

/** A value as Avro's binary encoding gives it: longs are bigint, bytes are Buffers, records and maps are plain objects. */
export type AvroValue =
  null | boolean | number | bigint | string | Buffer | AvroValue[] | { [name: string]: AvroValue };

type Read = (cursor: Cursor) => AvroValue;
type Json = string | Json[] | { [key: string]: Json };

const MOST_ITEMS = 1_000_000;

/**
 * Compiles a writer's schema into a reader of Avro binary. Names are resolved by their last part: Iceberg's Java library writes
 * references into the null namespace ("uuid_fixed") which Avro's own rules, and so avsc, cannot resolve.
 */
export function compileAvro(schema: unknown): (bytes: Buffer, at?: number) => AvroValue {
  const read = compile(schema as Json, new Map());
  return (bytes, at = 0) => read(new Cursor(bytes, at));
}

function compile(schema: Json, named: Map<string, Read>): Read {
  if (Array.isArray(schema)) {
    const branches = schema.map((branch) => compile(branch, named));
    return (cursor) => pick(branches, cursor.int(), "union branch")(cursor);
  }
  if (typeof schema === "string") return PRIMITIVES[schema] ?? ((cursor) => byName(named, schema)(cursor));
  return compileComplex(schema, named);
}

const PRIMITIVES: Readonly<Record<string, Read>> = {
  null: () => null,
  boolean: (cursor) => cursor.take(1)[0] === 1,
  int: (cursor) => cursor.int(),
  long: (cursor) => cursor.long(),
  float: (cursor) => cursor.take(4).readFloatLE(),
  double: (cursor) => cursor.take(8).readDoubleLE(),
  bytes: (cursor) => cursor.take(cursor.int()),
  string: (cursor) => cursor.take(cursor.int()).toString("utf8"),
};

function compileComplex(schema: { [key: string]: Json }, named: Map<string, Read>): Read {
  const { type = "", name, size, symbols, fields, items = "", values = "" } = schema;
  switch (type) {
    case "record":
      return compileRecord(lastPart(name), list(fields), named);
    case "fixed": {
      const length = Number(size);
      const isUuid = schema.logicalType === "uuid";
      return remember(named, name, (cursor) => (isUuid ? uuid(cursor.take(length)) : cursor.take(length)));
    }
    case "enum": {
      const texts = list(symbols).map(String);
      return remember(named, name, (cursor) => pick(texts, cursor.int(), "symbol"));
    }
    case "array": {
      const item = compile(items, named);
      return (cursor) => cursor.blocks(() => item(cursor));
    }
    case "map": {
      const value = compile(values, named);
      return (cursor) => {
        const entries = cursor.blocks((): [string, AvroValue] => [
          cursor.take(cursor.int()).toString("utf8"),
          value(cursor),
        ]);
        return Object.fromEntries(entries);
      };
    }
    default:
      return compile(type, named);
  }
}

function compileRecord(name: string, fields: readonly Json[], named: Map<string, Read>): Read {
  const read: [string, Read][] = [];
  const record: Read = (cursor) => Object.fromEntries(read.map(([field, readField]) => [field, readField(cursor)]));
  // Known before its fields are compiled, since they may refer to it.
  named.set(name, record);
  for (const field of fields) {
    if (typeof field === "string" || Array.isArray(field)) throw malformed("a field is no object");
    read.push([String(field.name), compile(field.type ?? "", named)]);
  }
  return record;
}

function remember(named: Map<string, Read>, name: Json | undefined, read: Read): Read {
  named.set(lastPart(name), read);
  return read;
}

function byName(named: Map<string, Read>, name: string): Read {
  const read = named.get(lastPart(name));
  if (!read) throw malformed(`type ${name} is not defined`);
  return read;
}

function lastPart(name: Json | undefined): string {
  return String(name).split(".").at(-1) ?? "";
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function pick<T>(all: readonly T[], index: number, what: string): T {
  const one = all[index];
  if (one === undefined) throw malformed(`there is no ${what} ${index}`);
  return one;
}

function uuid(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function malformed(why: string): SourceError {
  return new SourceError("malformed", `An Avro value could not be read: ${why}`);
}

class Cursor {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  take(length: number): Buffer {
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) throw malformed("it ends too soon");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Zig-zag, seven bits a byte, the least first. */
  long(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = BigInt(this.take(1)[0] ?? 0);
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n) return (value >> 1n) ^ -(value & 1n);
    }
    throw malformed("a number is too long");
  }

  int(): number {
    return Number(this.long());
  }

  /** Items in blocks until an empty one; a negative count is followed by the block's size in bytes. */
  blocks<T>(readItem: () => T): T[] {
    const items: T[] = [];
    for (let count = this.int(); count !== 0; count = this.int()) {
      if (count < 0) this.long();
      if (items.length + Math.abs(count) > MOST_ITEMS) throw malformed("a list is too long");
      for (let left = Math.abs(count); left > 0; left--) items.push(readItem());
    }
    return items;
  }
}
