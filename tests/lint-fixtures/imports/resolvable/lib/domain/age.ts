// @ts-expect-error: it is not there, which is the point
import { value } from "./missing.ts";

export const seen: unknown = value;
