import { z } from "zod";
import { ConnectionName, Duration, Percentage, ShortText, TableName, TeamRef, Text, TopicName } from "./formats.ts";

const lakeTable = { catalog: ConnectionName, table: TableName };
const authoritative = { authoritative: z.literal(true).default(true) };

const IcebergTable = z.strictObject({
  kind: z.literal("iceberg"),
  ...lakeTable,
  ref: ShortText.default("main"),
  ...authoritative,
});
const DeltaTable = z.strictObject({ kind: z.literal("delta"), ...lakeTable, ...authoritative });
const HudiTable = z.strictObject({ kind: z.literal("hudi"), ...lakeTable, ...authoritative });
const SqlTable = z.strictObject({
  kind: z.literal("sql"),
  database: ConnectionName,
  table: TableName,
  ...authoritative,
});
const CustomTarget = z.strictObject({
  kind: z.literal("custom"),
  name: ShortText,
  description: Text.optional(),
  ...authoritative,
});
const TargetTopic = z.strictObject({
  kind: z.literal("topic"),
  cluster: ConnectionName.optional(),
  topic: TopicName,
  ...authoritative,
});

/** The one authoritative place where the feed's data is usable. */
export const TargetClause = z.discriminatedUnion("kind", [
  TargetTopic,
  IcebergTable,
  DeltaTable,
  HudiTable,
  SqlTable,
  CustomTarget,
]);
export type TargetClause = z.infer<typeof TargetClause>;

/** Dual path: how stream and batch are compared, which one wins, and who takes the next step. */
export const ReconcileClause = z.strictObject({
  batch: z.discriminatedUnion("kind", [IcebergTable, DeltaTable, HudiTable, SqlTable, CustomTarget]),
  window: Duration,
  keys: z.array(z.string().min(1).max(255)).min(1).max(20),
  authoritative: z.enum(["batch", "stream"]),
  /** Rows, or a share of them, that may differ in a closed window. */
  tolerance: z.union([z.int().min(0), Percentage]).default(0),
  owner: TeamRef,
});
export type ReconcileClause = z.infer<typeof ReconcileClause>;
