import { value } from "../lib/domain/age.ts";

export const seen = value;
