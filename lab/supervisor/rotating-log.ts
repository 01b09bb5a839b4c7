import { closeSync, openSync, renameSync, statSync, writeSync } from "node:fs";

const MOST_BYTES = 8 * 1024 * 1024;

/** An append-only file that keeps at most twice 8 MiB: itself and the one before (`.1`). */
export class RotatingLog {
  private descriptor: number;
  private bytes: number;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    this.descriptor = openSync(file, "a", 0o600);
    this.bytes = statSync(file).size;
  }

  write(chunk: Buffer | string): void {
    const data = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    if (this.bytes + data.length > MOST_BYTES) this.rotate();
    writeSync(this.descriptor, data);
    this.bytes += data.length;
  }

  private rotate(): void {
    closeSync(this.descriptor);
    renameSync(this.file, `${this.file}.1`);
    this.descriptor = openSync(this.file, "a", 0o600);
    this.bytes = 0;
  }
}
