import { value } from "../../workers/evaluate.ts";

export const seen = value;
