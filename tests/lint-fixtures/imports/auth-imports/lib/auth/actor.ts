import { value } from "../services/approve.ts";

export const seen = value;
