import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { zstdDecompressSync } from "node:zlib";
import avro from "avsc";
import { parquetReadObjects } from "hyparquet";
import type { LabContext } from "../lab-context.ts";
import { TABLE } from "../pieces/orders-iceberg.ts";

const WITHIN_MS = 10_000;
const ADDED = 1;

/** One append to the table. Snapshot ids exceed 2^53: text. */
export interface Snapshot {
  id: string;
  /** Epoch ms, the writer's clock. */
  committedAt: number;
  manifestList: string;
}

/** Snapshots of the table's main branch, asked of the catalog itself, oldest first; none while there is no table. */
export async function listSnapshots(context: LabContext): Promise<Snapshot[]> {
  const url = `http://127.0.0.1:${context.ports.catalogServer}/v1/namespaces/${TABLE.namespace}/tables/${TABLE.name}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) });
  const text = await response.text();
  if (response.status === 404) return [];
  if (!response.ok) throw new Error(`The catalog answered ${response.status}: ${text.slice(0, 200)}`);
  const exact = text.replace(/("(?:parent-)?snapshot-id"\s*:\s*)(\d+)/g, '$1"$2"');
  const body = JSON.parse(exact) as {
    metadata: { snapshots?: { "snapshot-id": string; "timestamp-ms": number; "manifest-list": string }[] };
  };
  return (body.metadata.snapshots ?? []).map((snapshot) => ({
    id: snapshot["snapshot-id"],
    committedAt: snapshot["timestamp-ms"],
    manifestList: snapshot["manifest-list"],
  }));
}

/** The source positions of the rows that this snapshot added, read from its data files: ranges [from, to) per source partition. */
export async function readSnapshotRows(snapshot: Snapshot): Promise<{ rows: number; ranges: TableRanges }> {
  const offsets = new Map<number, number[]>();
  let rows = 0;
  for (const dataFile of await listAddedFiles(snapshot)) {
    for (const row of await readParquet(dataFile)) {
      rows += 1;
      if (row.source_partition === null || row.source_offset === null) continue;
      const list = offsets.get(Number(row.source_partition)) ?? [];
      offsets.set(Number(row.source_partition), list);
      list.push(Number(row.source_offset));
    }
  }
  return { rows, ranges: Object.fromEntries([...offsets].map(([partition, list]) => [partition, toRanges(list)])) };
}

type TableRanges = Record<string, [number, number][]>;

function toRanges(offsets: number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const offset of offsets.sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && offset <= last[1]) last[1] = Math.max(last[1], offset + 1);
    else ranges.push([offset, offset + 1]);
  }
  return ranges;
}

async function listAddedFiles(snapshot: Snapshot): Promise<string[]> {
  const manifests = await readAvro<{ manifest_path: string; added_snapshot_id: bigint }>(snapshot.manifestList);
  const files: string[] = [];
  for (const manifest of manifests) {
    if (String(manifest.added_snapshot_id) !== snapshot.id) continue;
    for (const entry of await readAvro<{ status: number; data_file: { file_path: string } }>(manifest.manifest_path)) {
      if (entry.status === ADDED) files.push(entry.data_file.file_path);
    }
  }
  return files;
}

async function readParquet(uri: string): Promise<{ source_partition: unknown; source_offset: unknown }[]> {
  const bytes = readFileSync(pathOf(uri));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({
    file,
    columns: ["source_partition", "source_offset"],
    compressors: { ZSTD: (input: Uint8Array) => zstdDecompressSync(input) },
  });
  return rows as { source_partition: unknown; source_offset: unknown }[];
}

/** avsc reads 64-bit longs as unsafe numbers unless told otherwise: here they are bigint. */
const LONG = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

function readAvro<T>(uri: string): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const rows: T[] = [];
    const parseHook = (schema: avro.Schema): avro.Type => avro.Type.forSchema(schema, { registry: { long: LONG } });
    avro
      .createFileDecoder(pathOf(uri), { parseHook })
      .on("data", (row: T) => rows.push(row))
      .on("error", reject)
      .on("end", () => resolve(rows));
  });
}

function pathOf(uri: string): string {
  return uri.startsWith("file://") ? fileURLToPath(uri) : uri.replace(/^file:/, "");
}
