import path from "node:path";
import { env } from "#lib/env.ts";
import { browserCheck } from "./browser-check.ts";
import { type Check, programCheck } from "./check.ts";
import { driftCheck } from "./drift-check.ts";
import { vitestCheck } from "./vitest-check.ts";

const CODE = ["app", "components", "lib", "workers", "cli", "lab", "scripts", "tests", "e2e"];

/** The lab of the tests has a home of its own, so that a running demo is left alone. */
const labHome = { TIDEMARK_HOME: path.join(env.TIDEMARK_HOME, "test") };

/** In order: what is quick and tells most comes first. */
export const CHECKS: readonly Check[] = [
  // Writes next-env.d.ts and the types of the routes, without which tsc fails in a clean clone.
  programCheck("route types", "fast", "node_modules/next/dist/bin/next", ["typegen"]),
  programCheck("types", "fast", "node_modules/typescript/bin/tsc", ["--noEmit"]),
  vitestCheck("unit and database", "fast", ["unit", "db"]),
  programCheck("lint", "fast", "node_modules/eslint/bin/eslint.js", [
    "--max-warnings=0",
    "--cache",
    "--cache-location=node_modules/.cache/eslint/",
    ".",
  ]),
  programCheck("import rules", "fast", "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", [
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "err-long",
    ...CODE,
  ]),
  programCheck("format", "fast", "node_modules/prettier/bin/prettier.cjs", [
    "--check",
    "--log-level=warn",
    "--cache",
    ".",
  ]),
  programCheck("unused code", "fast", "node_modules/knip/bin/knip.js", ["--no-progress", "--no-config-hints"]),
  driftCheck,
  vitestCheck("lab", "lab", ["lab"], labHome),
  browserCheck,
];
