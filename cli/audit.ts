import { parseArgs } from "node:util";
import { verifyAuditChain } from "#lib/services/audit/verify-audit-chain.ts";
import { localActor } from "./local-actor.ts";

export async function verifyCommand(args: string[]): Promise<boolean> {
  const { values } = parseArgs({ args, options: { head: { type: "string" } } });
  const verdict = await verifyAuditChain(localActor(), values.head ?? null);
  if (!verdict.ok) {
    console.error(`The audit trail is broken at ${verdict.seq}: ${verdict.because}.`);
    return false;
  }
  console.log(`The audit trail is whole: ${verdict.events} events, head ${verdict.head}`);
  if (values.head === undefined)
    console.error("Note the head elsewhere: --head then also shows an end that was cut off.");
  return true;
}
