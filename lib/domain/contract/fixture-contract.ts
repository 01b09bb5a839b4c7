import { parse } from "yaml";

/** A document on its way to being changed, and often to being wrong: it has no type yet. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Draft = Record<string, any>;

/** The contract of product.md as a person writes it: what tests start from and change. */
export const ORDERS_ACTIVITY_YAML = `
apiVersion: tidemark/v1
kind: FeedContract
metadata: { slug: orders-activity, name: Orders activity, description: Orders as they happen, domain: commerce, tier: critical }
pattern: connect-to-lakehouse
sources:
  cluster: prod
  topics:
    - name: orders
      from: earliest
      eventTime: { in: payload, path: $.event_time, format: epoch-ms }
      maxSilence: 15m
schema: { registry: prod-registry, subject: orders-value, versions: ">=3", compatibility: BACKWARD, owner: team:orders, rollback: https://wiki.example.com/orders }
lateness:
  objective: 2m
  target: 99.5%
  window: 30d
  tolerated: 10m
  burn: default
path:
  - { hop: enrich, kind: processor, runtime: kafka-streams, group: orders-enricher, yield: one-to-one, output: { topic: orders.enriched, carries: source-event-time } }
  - { hop: sink, kind: connector, connect: prod-connect, connector: orders-iceberg, deadLetter: orders.dlq }
  - { hop: table, kind: table, catalog: lake }
target: { kind: iceberg, catalog: lake, table: analytics.orders, ref: main, authoritative: true }
access:
  classification: { email: pii, amount: confidential }
  grants:
    - { principal: "User:bi", resource: "topic:orders.enriched", operation: READ, group: bi-dash, purpose: Dashboards, until: 2027-01-01 }
readers:
  - { group: bi-dash, owner: team:bi, mode: hot, quota: 5MB/s }
replay:
  method: reset-group
  needs: { backfill: 24h, incident: 72h, audit: 90d }
  repairWithin: 4h
  idempotency: upsert-by-key
  runbook: https://wiki.example.com/orders/replay
owners: { application: team:orders, data: team:lake, platform: team:kafka, security: team:security, sre: team:sre-data }
`;

/** The same as a document, changed. */
export function draftContract(change: (document: Draft) => void = () => undefined): Draft {
  const document = parse(ORDERS_ACTIVITY_YAML) as Draft;
  change(document);
  return document;
}
