import { value } from "../lib/services/approve.ts";

export const seen = value;
