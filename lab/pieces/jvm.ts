import path from "node:path";

/** Heap, class space and code cache of a small JVM: lowest memory and quickest cold start, at the price of peak speed. */
export interface JvmSize {
  heapMb: number;
  metaspaceMb: number;
  codeCacheMb: number;
}

export function jvmFlags(size: JvmSize): string[] {
  return [
    "-Xms48m",
    `-Xmx${size.heapMb}m`,
    `-XX:MaxMetaspaceSize=${size.metaspaceMb}m`,
    `-XX:ReservedCodeCacheSize=${size.codeCacheMb}m`,
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:MaxDirectMemorySize=64m",
    "-Xss512k",
    "-Djava.awt.headless=true",
    "-Djava.net.preferIPv4Stack=true",
  ];
}

export function classpath(...folders: string[]): string {
  return folders.join(path.delimiter);
}

export function allJars(folder: string): string {
  return path.join(folder, "*");
}
