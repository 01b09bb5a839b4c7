import { value } from "../db/feeds.ts";

export const seen = value;
