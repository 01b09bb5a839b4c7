import { value } from "../db/samples.ts";

export const seen = value;
