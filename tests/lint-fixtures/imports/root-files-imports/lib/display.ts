import { value } from "./views/feeds.ts";

export const seen = value;
