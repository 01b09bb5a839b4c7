import { defineConfig } from "vitest/config";

/** The pure tests alone: what a mutant of the domain must fail. */
export default defineConfig({
  test: { env: { TIDEMARK_PROPERTY_RUNS: "12" }, include: ["lib/domain/**/*.test.ts", "lib/exchange/**/*.test.ts"] },
});
