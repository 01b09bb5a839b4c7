import { value } from "../lib/db/feeds.ts";

export const seen = value;
