import path from "node:path";
import { findJson, writeJson } from "../json-file.ts";
import type { LabContext } from "../lab-context.ts";

/** What an incident may ask of the order producer, in a file it looks at twice a second. */
export interface ProducerMode {
  /** How old events are when they are sent. */
  lateMs: number;
}

export function readProducerMode(context: Pick<LabContext, "paths">): ProducerMode {
  return findJson<ProducerMode>(modeFile(context)) ?? { lateMs: 0 };
}

export function writeProducerMode(context: Pick<LabContext, "paths">, mode: ProducerMode): void {
  writeJson(modeFile(context), mode);
}

function modeFile(context: Pick<LabContext, "paths">): string {
  return path.join(context.paths.conf, "orders-app.json");
}
