import { value } from "../sources/kafka.ts";

export const seen = value;
