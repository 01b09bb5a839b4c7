import path from "node:path";
import { defineConfig } from "prisma/config";

// Prisma's CLI would download its native schema engine; ours is the WebAssembly build from npm (docs/decisions/0001).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "prisma/engine/schema-engine.mjs");

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://tidemark@127.0.0.1:5432/tidemark" },
});
