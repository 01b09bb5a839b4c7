import { readFileSync } from "node:fs";

export const seen = readFileSync;
