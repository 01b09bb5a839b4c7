import { inheritedEnv } from "../inherited-env.ts";
import { startTemporaryPostgres } from "../postgres/temporary-postgres.ts";
import { runToEnd } from "../run-to-end.ts";
import type { Check } from "./check.ts";
import { FAILED, PASSED } from "./tally.ts";

const DIFF = [
  "migrate",
  "diff",
  "--from-migrations",
  "prisma/migrations",
  "--to-schema",
  "prisma/schema.prisma",
  "--exit-code",
];

/** prisma/schema.prisma says what the migrations make, and nothing else. */
export const driftCheck: Check = {
  name: "schema drift",
  tier: "drift",
  async run() {
    const server = await startTemporaryPostgres();
    try {
      const env = inheritedEnv({ DATABASE_URL: server.url });
      const result = await runToEnd(process.execPath, ["node_modules/prisma/build/index.js", ...DIFF], { env });
      if (result.code === 0) return PASSED;
      console.log(result.output.trimEnd());
      return FAILED;
    } finally {
      await server.stop();
    }
  },
};
