import type { LabContext } from "../lab-context.ts";
import { CONNECTOR, sinkConfig } from "./orders-iceberg.ts";

const WITHIN_MS = 15_000;

export interface ConnectorStatus {
  connector: { state: string };
  tasks: { id: number; state: string; trace?: string }[];
}

/** Makes the connector, or gives it this commit interval. */
export async function configureSink(context: LabContext, commitIntervalMs?: number): Promise<void> {
  await ask(context, "PUT", "/config", sinkConfig(context, commitIntervalMs));
}

export async function pauseSink(context: LabContext): Promise<void> {
  await ask(context, "PUT", "/pause");
}

export async function resumeSink(context: LabContext): Promise<void> {
  await ask(context, "PUT", "/resume");
}

/** Restarts what failed, connector and tasks. */
export async function restartFailed(context: LabContext): Promise<void> {
  await ask(context, "POST", "/restart?includeTasks=true&onlyFailed=true");
}

export async function sinkStatus(context: LabContext): Promise<ConnectorStatus> {
  return (await ask(context, "GET", "/status")) as ConnectorStatus;
}

/** How often it commits now, as configured. */
export async function sinkCommitIntervalMs(context: LabContext): Promise<number> {
  const config = (await ask(context, "GET", "/config")) as Record<string, string>;
  return Number(config["iceberg.control.commit.interval-ms"]);
}

/** Whether the connector and all its tasks run; failed ones are asked to start again. */
export async function isSinkRunning(context: LabContext): Promise<boolean> {
  const { connector, tasks } = await sinkStatus(context);
  const states = [connector.state, ...tasks.map((task) => task.state)];
  if (states.includes("FAILED")) await restartFailed(context);
  return tasks.length > 0 && states.every((state) => state === "RUNNING");
}

async function ask(context: LabContext, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${context.ports.connect}/connectors/${CONNECTOR}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    signal: AbortSignal.timeout(WITHIN_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Connect answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`);
  return text ? (JSON.parse(text) as unknown) : null;
}
