import { randomBytes } from "node:crypto";
import { findJson, writeJson } from "./json-file.ts";

/** Kafka users of the lab, each with least ACLs (kafka/acls.ts); `admin` is the super user. */
export const USERS = ["admin", "tidemark", "orders-app", "orders-enricher", "connect", "payments-app"] as const;
export type LabUser = (typeof USERS)[number];

export interface LabSecrets {
  passwords: Record<LabUser, string>;
  /** Bearer token of the supervisor's control address. */
  control: string;
  clusterId: string;
}

/** Random per lab, made at its first start, kept in a file only its owner can read. */
export function keepSecrets(file: string): LabSecrets {
  const kept = findJson<LabSecrets>(file);
  if (kept) return kept;
  const passwords = Object.fromEntries(USERS.map((user) => [user, randomBytes(18).toString("base64url")]));
  const secrets: LabSecrets = {
    passwords: passwords as Record<LabUser, string>,
    control: randomBytes(24).toString("base64url"),
    // 22 characters of URL-safe base64 that do not begin with a dash, as kafka-storage wants them.
    clusterId: `L${randomBytes(16).toString("base64url").slice(1)}`,
  };
  writeJson(file, secrets);
  return secrets;
}
