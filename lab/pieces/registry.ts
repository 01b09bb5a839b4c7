import { readdirSync } from "node:fs";
import path from "node:path";
import { registryUrl } from "../apps/registry-client.ts";
import { isHttpUp } from "../is-up.ts";
import type { LabContext } from "../lab-context.ts";
import type { PieceSpec } from "../supervisor/piece.ts";
import { jvmFlags } from "./jvm.ts";

export const REGISTRY = "registry";

/** Apicurio with its Confluent-compatible API and schemas in memory: they are registered again, in the same order, at each start. */
export function registrySpec(context: LabContext): PieceSpec {
  const folder = context.jars.registry;
  const runner = readdirSync(folder).find((file) => file.endsWith("-runner.jar"));
  if (!runner) throw new Error(`There is no registry in ${folder}: remove that folder and start again`);
  return {
    name: REGISTRY,
    program: context.jdk.java,
    args: [
      ...jvmFlags({ heapMb: 224, metaspaceMb: 176, codeCacheMb: 48 }),
      "-Dquarkus.http.host=127.0.0.1",
      `-Dquarkus.http.port=${context.ports.registry}`,
      "-Dquarkus.log.level=WARN",
      "-jar",
      path.join(folder, runner),
    ],
    isReady: () => isHttpUp(`${registryUrl(context)}/subjects`),
    readyWithinMs: 90_000,
    stopWithinMs: 10_000,
  };
}
