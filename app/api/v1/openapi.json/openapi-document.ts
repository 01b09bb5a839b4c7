import { z } from "zod";
import * as answers from "./answer-schemas.ts";

type Json = Record<string, unknown>;

/** JSON Schema (2020-12, which OpenAPI 3.1 speaks) of each answer. */
function schemas(): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([name, schema]) => {
      const { $schema: _, ...body } = z.toJSONSchema(schema, { io: "input" });
      return [name, body];
    }),
  );
}

const ref = (name: keyof typeof answers) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: keyof typeof answers) => ({ "application/json": { schema: ref(name) } });

function query(name: string, description: string, schema: Json = { type: "string" }): Json {
  return { name, in: "query", description, schema };
}

const SLUG = { name: "slug", in: "path", required: true, description: "The feed.", schema: { type: "string" } };

const PROBLEMS: Readonly<Record<string, string>> = {
  "401": "No token, or one that is revoked or expired.",
  "403": "The token's role or feed does not allow it.",
  "404": "There is no such feed.",
  "422": "A parameter is wrong; `issues` says which and what to write.",
};

function get(summary: string, description: string, parameters: Json[], answer: keyof typeof answers): Json {
  const problems = Object.entries(PROBLEMS).map(([status, what]) => [
    status,
    { description: what, content: { "application/problem+json": { schema: ref("Problem") } } },
  ]);
  return {
    get: {
      summary,
      description,
      parameters,
      responses: {
        "200": {
          description: "The answer, with its ETag: send it back as If-None-Match and what is unchanged is a 304.",
          headers: { ETag: { schema: { type: "string" } } },
          content: json(answer),
        },
        "304": { description: "Unchanged since the ETag sent." },
        ...Object.fromEntries(problems),
      },
    },
  };
}

/** OpenAPI 3.1 of the stable API. */
export function openApiDocument(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Tidemark",
      version: "1",
      description:
        "How old each Kafka feed's data is when it becomes usable, and which hop holds it back. Times are RFC 3339 in UTC; " +
        "`…Seconds` are numbers with millisecond precision; fractions run from 0 to 1; lags, bytes, offsets and snapshot ids " +
        "are text; every null `x` has its reason in `xBecause`.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }],
    paths: {
      "/feeds": get(
        "Feeds, worst first",
        "One page of feeds; `next` is the cursor of the following one, null on the last.",
        [
          query("sort", "The order.", {
            type: "string",
            enum: ["worst", "name", "age", "objective"],
            default: "worst",
          }),
          query("filter", "Words, and `state:late,unmeasured`, `tier:critical`, `owner:team:lake`; all must hold."),
          query("cursor", "`next` of the page before."),
          query("limit", "Feeds a page.", { type: "integer", minimum: 1, maximum: 200, default: 100 }),
        ],
        "FeedListAnswer",
      ),
      "/feeds/{slug}/freshness": get(
        "How old a feed is, hop by hop, and its minutes",
        "`now` is the newest reading, its first hop `source`; `minutes` are those of the range, at most 1,500 points.",
        [
          SLUG,
          query("from", "Start of the range, RFC 3339.", { type: "string", format: "date-time" }),
          query("to", "Its end; absent, now.", { type: "string", format: "date-time" }),
          query("step", "Seconds between points.", { type: "integer", minimum: 1 }),
        ],
        "FreshnessAnswer",
      ),
      "/feeds/{slug}/contract": get(
        "The contract in force",
        "As JSON and, in `yaml`, as it can be kept beside code.",
        [SLUG],
        "ContractAnswer",
      ),
    },
    components: {
      schemas: schemas(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "`npx tidemark token create --role viewer`" },
      },
    },
  };
}
