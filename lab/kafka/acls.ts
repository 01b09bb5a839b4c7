import type { AclEntry, Admin } from "kafkajs";
import type { LabUser } from "../secrets.ts";
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from "./acl-words.ts";
import { AUDITED, CONTROL, ENRICHED, ORDERS, PAYMENTS } from "./topics.ts";

type Kind = "topic" | "group" | "cluster" | "transactional-id";
type Operation = "read" | "write" | "describe" | "describe-configs" | "idempotent-write";

interface Grant {
  kind: Kind;
  /** A literal name, `*`, or a prefix that ends in `…`. */
  name: string;
  operations: Operation[];
}

const CLUSTER = "kafka-cluster";

/** The least each principal needs. */
export const GRANTS: Record<Exclude<LabUser, "admin">, Grant[]> = {
  "orders-app": [{ kind: "topic", name: ORDERS, operations: ["write"] }],
  "orders-enricher": [
    { kind: "topic", name: ORDERS, operations: ["read"] },
    { kind: "group", name: "orders-enricher", operations: ["read"] },
    { kind: "topic", name: ENRICHED, operations: ["write"] },
    // Only its transactional mode uses this: it is how a transaction can be left open.
    { kind: "transactional-id", name: "orders-enricher…", operations: ["write"] },
  ],
  "payments-app": [
    { kind: "topic", name: PAYMENTS, operations: ["write", "read"] },
    { kind: "group", name: "payments-audit", operations: ["read"] },
    { kind: "topic", name: AUDITED, operations: ["write"] },
  ],
  connect: [
    { kind: "topic", name: "_connect-…", operations: ["read", "write", "describe-configs"] },
    { kind: "group", name: "lab-connect", operations: ["read"] },
    { kind: "topic", name: ENRICHED, operations: ["read"] },
    { kind: "topic", name: CONTROL, operations: ["read", "write"] },
    // The connector's own group and its coordinator's; the workers' reads of the control topic use a new group at each start.
    { kind: "group", name: "connect-orders-iceberg…", operations: ["read"] },
    { kind: "group", name: "cg-control-…", operations: ["read"] },
    { kind: "transactional-id", name: "*", operations: ["write"] },
    { kind: "cluster", name: CLUSTER, operations: ["idempotent-write", "describe"] },
  ],
  tidemark: [
    { kind: "topic", name: "*", operations: ["describe", "describe-configs"] },
    { kind: "cluster", name: CLUSTER, operations: ["describe", "describe-configs"] },
    { kind: "group", name: "*", operations: ["describe"] },
    ...[ORDERS, ENRICHED, PAYMENTS, AUDITED, CONTROL].map((name): Grant => ({
      kind: "topic",
      name,
      operations: ["read"],
    })),
  ],
};

const KINDS: Record<Kind, AclEntry["resourceType"]> = {
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
  cluster: AclResourceTypes.CLUSTER,
  "transactional-id": AclResourceTypes.TRANSACTIONAL_ID,
};

const OPERATIONS: Record<Operation, AclEntry["operation"]> = {
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  describe: AclOperationTypes.DESCRIBE,
  "describe-configs": AclOperationTypes.DESCRIBE_CONFIGS,
  "idempotent-write": AclOperationTypes.IDEMPOTENT_WRITE,
};

/** Safe to run again: an ACL that exists stays one ACL. */
export async function createAcls(admin: Admin): Promise<void> {
  const acl = Object.entries(GRANTS).flatMap(([user, grants]) => grants.flatMap((grant) => entries(user, grant)));
  await admin.createAcls({ acl });
}

function entries(user: string, grant: Grant): AclEntry[] {
  const isPrefix = grant.name.endsWith("…");
  const prefix = grant.name.slice(0, -1);
  return grant.operations.map((operation) => ({
    principal: `User:${user}`,
    host: "*",
    operation: OPERATIONS[operation],
    permissionType: AclPermissionTypes.ALLOW,
    resourceType: KINDS[grant.kind],
    resourceName: isPrefix ? prefix : grant.name,
    resourcePatternType: isPrefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
  }));
}
