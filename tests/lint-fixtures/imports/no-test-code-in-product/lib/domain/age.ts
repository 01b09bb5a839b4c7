import { value } from "./testing/histories.ts";

export const seen = value;
