import type { LabContext } from "../lab-context.ts";

const WITHIN_MS = 10_000;

/** Registers a schema under a subject (again, if it is there): its id. */
export async function registerSchema(
  context: LabContext,
  subject: string,
  schemaType: "AVRO" | "JSON",
  schema: unknown,
): Promise<number> {
  const body = JSON.stringify({ schemaType, schema: JSON.stringify(schema) });
  const answer = await ask<{ id: number }>(context, `/subjects/${subject}/versions`, { method: "POST", body });
  return answer.id;
}

/** What makes schemas of a subject compatible, e.g. BACKWARD. */
export async function setCompatibility(context: LabContext, subject: string, compatibility: string): Promise<void> {
  await ask(context, `/config/${subject}`, { method: "PUT", body: JSON.stringify({ compatibility }) });
}

export async function fetchSchema(context: LabContext, id: number): Promise<string> {
  return (await ask<{ schema: string }>(context, `/schemas/ids/${id}`, {})).schema;
}

export function registryUrl(context: Pick<LabContext, "ports">): string {
  return `http://127.0.0.1:${context.ports.registry}/apis/ccompat/v7`;
}

async function ask<T>(context: LabContext, path: string, init: RequestInit): Promise<T> {
  const headers = { "content-type": "application/vnd.schemaregistry.v1+json" };
  const response = await fetch(registryUrl(context) + path, {
    ...init,
    headers,
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The registry answered ${response.status} to ${path}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}
