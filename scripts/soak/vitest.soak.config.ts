import { configDefaults, defineConfig } from "vitest/config";

/** Long runs, one file at a time, on one database server and one lab. */
export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  test: {
    env: { TIDEMARK_KEK: Buffer.alloc(32, 7).toString("base64") },
    include: ["**/*.soak.ts"],
    exclude: [...configDefaults.exclude, ".next/**", ".tidemark/**"],
    globalSetup: ["tests/database-server.ts", "tests/lab.ts"],
    fileParallelism: false,
    testTimeout: 3 * 3_600_000,
    hookTimeout: 600_000,
  },
});
