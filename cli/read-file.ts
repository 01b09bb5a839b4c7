import { readFile } from "node:fs/promises";
import { messageOf, ServiceError } from "#lib/errors.ts";

/** The text of a file, or of standard input for `-`. */
export async function readText(file: string): Promise<string> {
  try {
    return file === "-" ? await readStandardInput() : await readFile(file, "utf8");
  } catch (error) {
    throw new ServiceError("not_found", `${file} can't be read: ${messageOf(error)}`);
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}
