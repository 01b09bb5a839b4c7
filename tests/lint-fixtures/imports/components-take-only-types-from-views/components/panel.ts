import { value } from "../lib/views/feeds.ts";

export const seen = value;
