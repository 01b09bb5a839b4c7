import { value } from "../db/outbox.ts";

export const seen = value;
