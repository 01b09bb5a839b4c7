import { killCatalog, refuseCommits, slowCatalog } from "./catalog-incidents.ts";
import { hangTransaction } from "./hang-transaction.ts";
import type { Incident } from "./incident.ts";
import { killBroker, killConnect, lateProducer, stallProcessor, stopProducers } from "./process-incidents.ts";
import { pauseConnector, slowCommits } from "./sink-incidents.ts";

/** By name, in the order in which they are undone: what others need comes first. */
export const INCIDENTS = {
  "kill-broker": killBroker,
  "kill-catalog": killCatalog,
  "refuse-commits": refuseCommits,
  "slow-catalog": slowCatalog,
  "hang-transaction": hangTransaction,
  "kill-connect": killConnect,
  "slow-commits": slowCommits,
  "pause-connector": pauseConnector,
  "stall-processor": stallProcessor,
  "late-producer": lateProducer,
  "stop-producers": stopProducers,
} satisfies Record<string, Incident>;

export type IncidentName = keyof typeof INCIDENTS;

export function isIncident(name: string): name is IncidentName {
  return Object.hasOwn(INCIDENTS, name);
}
