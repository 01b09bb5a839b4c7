import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { readyFile } from "../apps/app-context.ts";
import type { LabContext } from "../lab-context.ts";
import { LAB_CODE } from "../lab-paths.ts";
import type { PieceSpec } from "../supervisor/piece.ts";

/** Apps by piece name: the program under lab/ that each runs. */
const PROGRAMS = {
  "orders-app": "apps/order-producer.ts",
  "orders-enricher": "apps/order-enricher.ts",
  "payments-app": "apps/payments-app.ts",
  "truth-recorder": "apps/truth-recorder.ts",
} as const;

export type AppName = keyof typeof PROGRAMS;
export const APPS = Object.keys(PROGRAMS) as AppName[];

/** An app: Node itself on a program of ours, small; ready when it has written its ready file. */
export function appSpec(context: LabContext, name: AppName): PieceSpec {
  const ready = readyFile(context, name);
  return {
    name,
    program: process.execPath,
    args: [...appArgs(context, PROGRAMS[name])],
    beforeStart: () => rmSync(ready, { force: true }),
    isReady: () => Promise.resolve(existsSync(ready)),
    readyWithinMs: 60_000,
    stopWithinMs: 5_000,
  };
}

export function appArgs(context: LabContext, program: string): string[] {
  const quiet = "--disable-warning=TimeoutNegativeWarning";
  return [
    quiet,
    "--max-semi-space-size=2",
    "--max-old-space-size=96",
    path.join(LAB_CODE, program),
    contextFile(context),
  ];
}

export function contextFile(context: LabContext): string {
  return path.join(context.paths.conf, "context.json");
}
