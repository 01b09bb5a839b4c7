import { createRequire } from "node:module";

/** kafkajs's ACL constants: Node does not see these among the names its CommonJS module exports. */
export const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = createRequire(
  import.meta.url,
)("kafkajs") as typeof import("kafkajs");
