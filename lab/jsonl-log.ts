import { appendFileSync, existsSync, renameSync, statSync } from "node:fs";

/** An append-only file of JSON lines that keeps at most twice `mostBytes`: itself and the one before (`.1`). */
export class JsonlLog {
  private readonly file: string;
  private readonly mostBytes: number;
  private bytes: number;

  constructor(file: string, mostBytes: number = 24 * 1024 * 1024) {
    this.file = file;
    this.mostBytes = mostBytes;
    this.bytes = existsSync(file) ? statSync(file).size : 0;
  }

  append(value: unknown): void {
    const line = `${JSON.stringify(value)}\n`;
    if (this.bytes + line.length > this.mostBytes) {
      renameSync(this.file, `${this.file}.1`);
      this.bytes = 0;
    }
    appendFileSync(this.file, line, { mode: 0o600 });
    this.bytes += line.length;
  }
}
