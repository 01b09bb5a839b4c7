import path from "node:path";
import { isHttpUp } from "../is-up.ts";
import type { LabContext } from "../lab-context.ts";
import type { PieceSpec } from "../supervisor/piece.ts";
import { allJars, classpath, jvmFlags } from "./jvm.ts";

export const CATALOG = "catalog";

/** Iceberg's reference REST catalog on SQLite over a local warehouse, on loopback. */
export function catalogSpec(context: LabContext): PieceSpec {
  const port = context.ports.catalogServer;
  const { catalog, iceberg, classes } = context.jars;
  return {
    name: CATALOG,
    program: context.jdk.java,
    args: [
      ...jvmFlags({ heapMb: 192, metaspaceMb: 128, codeCacheMb: 40 }),
      "-Dorg.slf4j.simpleLogger.logFile=System.out",
      "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
      "-cp",
      classpath(classes, allJars(catalog), allJars(iceberg)),
      "LoopbackCatalog",
      "127.0.0.1",
      String(port),
      `uri=jdbc:sqlite:${path.join(context.paths.data, "catalog.db")}`,
      `warehouse=file://${context.paths.warehouse}`,
      "io-impl=org.apache.iceberg.hadoop.HadoopFileIO",
      "clients=1",
    ],
    isReady: () => isHttpUp(`http://127.0.0.1:${port}/v1/config`),
    readyWithinMs: 90_000,
    stopWithinMs: 5_000,
  };
}
