// Who may import whom. Each rule has a fixture under tests/lint-fixtures/ that it must reject (tests/lint-rules.test.ts).

const TEST_FILES = "\\.(test|spec|soak)\\.tsx?$|(^|/)testing/";
const OURS =
  "^(app|components|lib|workers|cli|lab|scripts|tests|e2e|bench|generated)/|^(proxy|instrumentation|instrumentation-node)\\.ts$";

/** Folders and root files of lib, as a pattern. */
const lib = (...names) => `^lib/(${names.join("|")})(/|\\.ts$)`;

/** `from` may import only itself and `allowed` among our own files. */
const only = (name, comment, from, ...allowed) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: TEST_FILES },
  to: { path: OURS, pathNot: [from, ...allowed] },
});

/** The package is for `folder` alone. */
const packageOnlyIn = (name, comment, packages, folder) => ({
  name,
  comment,
  severity: "error",
  from: { path: OURS, pathNot: [folder, TEST_FILES] },
  to: { path: packages },
});

const LEAVES = ["domain", "env", "log", "errors", "crypto", "outbound", "display"];
const ROOT_FILES = "^lib/[^/]+\\.ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    only(
      "app-imports",
      "Routes lay out views and call services; they never reach the database or a measured system.",
      "^app/|^(proxy|instrumentation|instrumentation-node)\\.ts$",
      "^components/",
      lib("views", "services", "auth", "domain", "exchange", "env", "errors", "log", "paths", "display"),
    ),
    only(
      "components-imports",
      "Components get data and actions as props.",
      "^components/",
      lib("domain", "display", "paths", "views"),
    ),
    {
      name: "components-take-only-types-from-views",
      comment: "A component that calls a view would query from the browser.",
      severity: "error",
      from: { path: "^components/", pathNot: TEST_FILES },
      to: { path: lib("views"), dependencyTypesNot: ["type-only"] },
    },
    only(
      "cli-imports",
      "The command line goes through the REST client, or through services and views where the database is its own.",
      "^cli/",
      lib("client", "domain", "exchange", "env", "errors", "display", "views", "services", "auth"),
    ),
    only("workers-imports", "Workers put lib together; they need nothing else of ours.", "^workers/", "^lib/"),
    only(
      "views-imports",
      "A view joins database and domain.",
      lib("views"),
      lib("db", "auth", "domain", "exchange", "errors", "display", "paths"),
    ),
    only(
      "services-imports",
      "A service never talks to a measured system: it writes a row that a worker answers.",
      lib("services"),
      lib("db", "auth", "domain", "exchange", "errors", "env", "crypto", "display", "paths"),
    ),
    only(
      "auth-imports",
      "Who is asking needs only the database.",
      lib("auth"),
      lib("db", "domain", "env", "errors", "crypto"),
    ),
    only("db-imports", "State comes as arguments.", lib("db"), "^generated/", lib(...LEAVES)),
    only("sources-imports", "Readers report; state comes as arguments.", lib("sources"), lib(...LEAVES)),
    only("channels-imports", "Channels deliver; state comes as arguments.", lib("channels"), lib(...LEAVES)),
    only(
      "client-imports",
      "The REST client knows the shapes of the domain and nothing of this machine.",
      lib("client"),
      lib("domain", "exchange", "errors", "display", "paths"),
    ),
    only("domain-imports", "The domain is pure.", lib("domain")),
    only("exchange-imports", "Formats are pure.", lib("exchange"), lib("domain")),
    {
      name: "pure-packages",
      comment: "Only zod and parsers that do no IO.",
      severity: "error",
      from: { path: lib("domain", "exchange"), pathNot: TEST_FILES },
      to: {
        dependencyTypes: ["npm", "npm-dev", "npm-optional", "core"],
        pathNot: "node_modules/(zod|yaml|avsc|protobufjs)/",
      },
    },
    only("root-files-imports", "The root files of lib stand on their own.", ROOT_FILES),
    {
      name: "nobody-imports-app-workers-cli",
      comment: "They are where a process starts.",
      severity: "error",
      from: { path: OURS, pathNot: TEST_FILES },
      to: { path: "^(app|workers|cli)/", pathNot: "^$1/" },
    },
    only("lab-imports", "What judges Tidemark shares no code with it.", "^lab/"),
    {
      name: "no-test-code-in-product",
      comment: "Product code must run without its tests.",
      severity: "error",
      from: { path: "^(app|components|lib|workers|cli|lab)/", pathNot: TEST_FILES },
      to: { path: `${TEST_FILES}|^tests/` },
    },
    packageOnlyIn(
      "prisma-only-in-db",
      "One door to the database.",
      "node_modules/@prisma/|^generated/prisma/",
      "^lib/db/|^generated/",
    ),
    packageOnlyIn("pg-only-in-db", "One door to the database.", "node_modules/(@types/)?pg/", "^lib/db/"),
    packageOnlyIn(
      "kafka-only-in-sources-kafka",
      "One door to Kafka.",
      "node_modules/@platformatic/kafka/",
      "^lib/sources/kafka/",
    ),
    packageOnlyIn("kafkajs-only-in-lab", "kafkajs stands for what users write.", "node_modules/kafkajs/", "^lab/"),
    packageOnlyIn("undici-only-in-outbound", "One guarded way out.", "node_modules/undici/", "^lib/outbound\\.ts$"),
    {
      name: "no-cycles",
      comment: "Neither can be read without the other.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "It will fail at run time.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-dev-packages-in-product",
      comment: "An install without development packages must run.",
      severity: "error",
      from: { path: "^(app|components|lib|workers|cli)/", pathNot: TEST_FILES },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm"], pathNot: "node_modules/@types/" },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^generated/"] },
    exclude: { path: "^(\\.next|tests/lint-fixtures)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
