import { value } from "../env.ts";

export const seen = value;
