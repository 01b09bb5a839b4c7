import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";

const CHUNK = 4 * 1024 * 1024;

/** Reads a growing file of JSON lines, each line once, also across the moment it is renamed to `.1` and begun anew. */
export class LineReader<T> {
  private readonly file: string;
  private inode = 0;
  private offset = 0;
  private rest = "";

  constructor(file: string) {
    this.file = file;
  }

  /** Lines that were not read before, oldest first. */
  *next(): Generator<T> {
    const older = `${this.file}.1`;
    if (this.inode === 0 && existsSync(older)) yield* this.read(older, 0);
    if (!existsSync(this.file)) return;
    const inode = statSync(this.file).ino;
    if (this.inode !== 0 && inode !== this.inode) {
      if (existsSync(older) && statSync(older).ino === this.inode) yield* this.read(older, this.offset);
      this.offset = 0;
      this.rest = "";
    }
    this.inode = inode;
    yield* this.read(this.file, this.offset);
  }

  private *read(file: string, from: number): Generator<T> {
    const descriptor = openSync(file, "r");
    try {
      const buffer = Buffer.alloc(CHUNK);
      this.offset = from;
      for (;;) {
        const count = readSync(descriptor, buffer, 0, CHUNK, this.offset);
        if (count === 0) return;
        this.offset += count;
        const lines = (this.rest + buffer.toString("utf8", 0, count)).split("\n");
        this.rest = lines.pop() ?? "";
        for (const line of lines) if (line) yield JSON.parse(line) as T;
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
