import { z } from "zod";
import { FeedContract } from "./feed-contract.ts";

/** JSON Schema (2020-12) of what a person may write, for editors and CI. */
export function contractJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(FeedContract, { io: "input" }),
    $id: "urn:tidemark:feed-contract:v1",
    title: "Feed contract",
  };
}
