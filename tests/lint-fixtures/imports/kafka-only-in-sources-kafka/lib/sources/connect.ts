import { Admin } from "@platformatic/kafka";

export const seen = Admin;
