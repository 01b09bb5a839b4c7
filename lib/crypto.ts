import {
  argon2,
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  timingSafeEqual,
  type Argon2Parameters,
} from "node:crypto";
import { promisify } from "node:util";

const argon2Async = promisify(argon2) as (algorithm: "argon2id", parameters: Argon2Parameters) => Promise<Buffer>;

/** Hex SHA-256. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** `bytes` random bytes in base64url: 32 make 43 characters that fit a URL and a cookie. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString("base64url");
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** JSON with sorted keys and no spaces (RFC 8785 in what we use of it): equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value ?? null)) as Json));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.keys(value)
    .sort()
    .map((key): [string, Json] => [key, sorted(value[key] ?? null)]);
  return Object.fromEntries(entries);
}

// ── passwords: argon2id at OWASP's minimum (19 MiB, 2 passes, 1 lane) ──

const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
export const LONGEST_PASSWORD = 1024;

interface PasswordHash {
  memory: number;
  passes: number;
  lanes: number;
  salt: Buffer;
  tag: Buffer;
}

/** A PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`, base64 without padding. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await deriveTag(password, { memory: MEMORY_KIB, passes: PASSES, lanes: LANES, salt });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** What an unknown account is checked against, so that it takes as long as a known one. Nothing hashes to it. */
const NOBODY: PasswordHash = {
  memory: MEMORY_KIB,
  passes: PASSES,
  lanes: LANES,
  salt: Buffer.alloc(16),
  tag: Buffer.alloc(TAG_BYTES),
};

/** Whether the password is the one that was hashed. With no hash it works as long and says no. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const hash = stored === null ? null : parsePasswordHash(stored);
  const against = hash ?? NOBODY;
  const tag = await deriveTag(password, against);
  const same = tag.length === against.tag.length && timingSafeEqual(tag, against.tag);
  return same && hash !== null;
}

function deriveTag(password: string, hash: Omit<PasswordHash, "tag">): Promise<Buffer> {
  return argon2Async("argon2id", {
    message: Buffer.from(password.normalize("NFKC"), "utf8"),
    nonce: hash.salt,
    memory: hash.memory,
    passes: hash.passes,
    parallelism: hash.lanes,
    tagLength: TAG_BYTES,
  });
}

function parsePasswordHash(text: string): PasswordHash | null {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(text);
  if (found === null) return null;
  const [, memory, passes, lanes, salt = "", tag = ""] = found;
  return {
    memory: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

// ── secrets at rest: AES-256-GCM under a key of their own, which is wrapped by the installation's key ──

/** A secret as the database keeps it. `wrappedKey` is nonce ‖ encrypted key ‖ tag; `ciphertext` ends with its tag. */
export interface SealedSecret {
  keyVersion: number;
  wrappedKey: Uint8Array<ArrayBuffer>;
  nonce: Uint8Array<ArrayBuffer>;
  ciphertext: Uint8Array<ArrayBuffer>;
}

const KEY_VERSION = 1;
const NONCE_BYTES = 12;
const GCM_TAG_BYTES = 16;

/** Encrypts text for one place (`context`, e.g. `secrets|<id>`): copied to another place it can't be opened. */
export function sealSecret(plaintext: string, context: string, keyEncryptionKey: string): SealedSecret {
  const key = randomBytes(32);
  const nonce = randomBytes(NONCE_BYTES);
  const wrapNonce = randomBytes(NONCE_BYTES);
  const wrapped = encrypt(key, readKey(keyEncryptionKey), wrapNonce, `key|${KEY_VERSION}|${context}`);
  return {
    keyVersion: KEY_VERSION,
    wrappedKey: plain(Buffer.concat([wrapNonce, wrapped])),
    nonce: plain(nonce),
    ciphertext: plain(encrypt(Buffer.from(plaintext, "utf8"), key, nonce, context)),
  };
}

/** Opens what `sealSecret` made. Throws when the key, the context or a single bit is another. */
export function openSecret(sealed: SealedSecret, context: string, keyEncryptionKey: string): string {
  const wrapNonce = sealed.wrappedKey.subarray(0, NONCE_BYTES);
  const wrapped = sealed.wrappedKey.subarray(NONCE_BYTES);
  const key = decrypt(wrapped, readKey(keyEncryptionKey), wrapNonce, `key|${sealed.keyVersion}|${context}`);
  return decrypt(sealed.ciphertext, key, sealed.nonce, context).toString("utf8");
}

function readKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), "base64");
  if (key.length === 32) return key;
  throw new Error("TIDEMARK_KEK is not 32 bytes in base64. Make one with `openssl rand -base64 32`.");
}

function encrypt(data: Uint8Array, key: Uint8Array, nonce: Uint8Array, context: string): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: GCM_TAG_BYTES });
  cipher.setAAD(Buffer.from(context, "utf8"));
  return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(data: Uint8Array, key: Uint8Array, nonce: Uint8Array, context: string): Buffer {
  const cut = data.length - GCM_TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: GCM_TAG_BYTES });
  decipher.setAAD(Buffer.from(context, "utf8"));
  decipher.setAuthTag(data.subarray(cut));
  return Buffer.concat([decipher.update(data.subarray(0, cut)), decipher.final()]);
}

/** A copy that owns its memory, which is what Prisma takes for bytes. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
