import { compressionsAlgorithmsByBitmask } from "@platformatic/kafka";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { SourceError } from "../source-error.ts";

/** Beyond this a batch is not opened: a few kilobytes can claim to be gigabytes. */
const MAX_INFLATED = 64 * 1024 * 1024;

const GZIP = 1;
const ZSTD = 4;

/** The records of a batch, uncompressed. `codec` is the low three bits of its attributes: none, gzip, snappy, lz4, zstd. */
export function inflate(codec: number, body: Buffer): Buffer {
  if (codec === 0) return body;
  const cap = { maxOutputLength: MAX_INFLATED };
  if (codec === GZIP) return gunzipSync(body, cap);
  if (codec === ZSTD) return zstdDecompressSync(body, cap);
  const algorithm = compressionsAlgorithmsByBitmask[codec];
  if (!algorithm) throw new SourceError("unsupported", `Compression ${codec} is not known`);
  return algorithm.decompressSync(body);
}
