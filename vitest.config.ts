import { configDefaults, defineConfig } from "vitest/config";

const elsewhere = [...configDefaults.exclude, ".next/**", ".tidemark/**", "e2e/**", "tests/lint-fixtures/**"];

/** Pure tests, database tests (a clone of the migrated template each file) and lab tests (one lab, one file at a time). */
export default defineConfig({
  test: {
    // They protect nothing but a run's own database.
    env: {
      TIDEMARK_LOG_LEVEL: "error",
      TIDEMARK_KEK: Buffer.alloc(32, 7).toString("base64"),
      NEXTAUTH_SECRET: "a secret of test runs, which is no secret",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...elsewhere, "**/*.db.test.ts", "**/*.lab.test.ts"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: elsewhere,
          globalSetup: ["tests/database-server.ts"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "lab",
          include: ["**/*.lab.test.ts"],
          exclude: elsewhere,
          globalSetup: ["tests/database-server.ts", "tests/lab.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
