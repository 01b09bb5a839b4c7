import path from "node:path";
import type { Kafka } from "kafkajs";
import { findJson } from "../json-file.ts";
import { kafkaClient } from "../kafka/client.ts";
import { bootstrapOf, type LabContext } from "../lab-context.ts";
import type { LabUser } from "../secrets.ts";

/** The lab this app was started in: its first argument is the file. */
export function readContext(): LabContext {
  const context = findJson<LabContext>(process.argv[2] ?? "");
  if (!context) throw new Error("Started by the lab's supervisor with the lab's context file");
  return context;
}

export function clientFor(context: LabContext, user: LabUser, clientId: string): Kafka {
  return kafkaClient(bootstrapOf(context), user, context.secrets.passwords[user], clientId);
}

/** A file whose presence tells the supervisor that the app works. */
export function readyFile(context: LabContext, name: string): string {
  return path.join(context.paths.pids, `${name}.ready`);
}

/** kafkajs starts again after errors it takes for passing ones; after others the app ends, and its supervisor tells so. */
export function endUnlessRestarted(crash: { error: Error; restart: boolean }): void {
  if (crash.restart) return;
  console.error(`consumer: ${crash.error.stack ?? crash.error.message}`);
  process.exit(1);
}
