import nextVitals from "eslint-config-next/core-web-vitals";
import jsxA11y from "eslint-plugin-jsx-a11y";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// Patterns start with **/ so that the fixtures in tests/lint-fixtures/<rule>/ fall under the same rules as what they imitate.
const TESTS = ["**/*.test.{ts,tsx}", "**/testing/**", "tests/*.ts", "tests/!(lint-fixtures)/**", "e2e/**"];
const OURS = ["**/*.{ts,tsx}"];

const FETCH = { name: "fetch", message: "What a user configured is reached through lib/outbound.ts alone." };
const CLOCK = "The clock is an argument in lib/domain: take `now`.";

export default defineConfig(
  globalIgnores([
    ".next/",
    ".tidemark/",
    "generated/",
    "next-env.d.ts",
    "test-results/",
    "playwright-report/",
    "tests/lint-fixtures/",
    "prisma/engine/",
  ]),
  nextVitals,
  // `use…` is a hook in components; elsewhere it is a plain verb.
  { files: ["**/*.ts"], ignores: ["components/**", "app/**"], rules: { "react-hooks/rules-of-hooks": "off" } },
  {
    files: OURS,
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      // What scrolls must be reachable by keyboard: a named region may take the focus.
      "jsx-a11y/no-noninteractive-tabindex": [
        "error",
        { tags: [], roles: ["tabpanel", "region"], allowExpressionValues: true },
      ],
    },
  },
  { files: ["*.config.mjs"], rules: { "import/no-anonymous-default-export": "off" } },
  {
    files: OURS,
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/*.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: OURS,
    ignores: ["lib/env.ts", "scripts/inherited-env.ts", "lab/lab-paths.ts", "*.config.ts", ...TESTS],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Settings are read in lib/env.ts alone." },
      ],
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "node:process", importNames: ["env"], message: "Settings are read in lib/env.ts alone." }] },
      ],
    },
  },
  {
    files: OURS,
    // Components and the pages' own parts ask our own origin; lib/client asks the Tidemark its user named.
    ignores: [
      "lib/outbound.ts",
      "**/components/**",
      "app/**/*.tsx",
      "lib/client/**",
      "scripts/**",
      "lab/**",
      "bench/**",
      ...TESTS,
    ],
    rules: {
      "no-restricted-globals": ["error", FETCH],
    },
  },
  {
    files: ["**/lib/domain/**/*.ts", "**/lib/exchange/**/*.ts"],
    ignores: TESTS,
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
        { selector: "CallExpression[callee.name='Date']", message: CLOCK },
        {
          selector: "CallExpression[callee.property.name='now'][callee.object.name=/^(Date|performance)$/]",
          message: CLOCK,
        },
      ],
      "no-restricted-globals": ["error", FETCH, { name: "performance", message: CLOCK }],
    },
  },
  { files: ["**/{app,components,lib,workers}/**/*.{ts,tsx}"], ignores: TESTS, rules: { "no-console": "error" } },
  {
    files: TESTS,
    rules: { "max-lines": "off", "max-lines-per-function": "off", "no-restricted-properties": "off" },
  },
);
