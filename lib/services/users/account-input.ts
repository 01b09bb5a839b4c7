import { z } from "zod";
import { LONGEST_PASSWORD } from "#lib/crypto.ts";
import { ServiceError, type Issue } from "#lib/errors.ts";

export const ROLES = ["viewer", "owner", "platform_lead", "security_reviewer", "auditor", "admin"] as const;

const SHORTEST_PASSWORD = 12;

const fields = {
  email: z.email("This is not an e-mail address").max(320),
  name: z.string().trim().min(1, "Give a name").max(120, "Use at most 120 characters"),
  password: z
    .string()
    .min(SHORTEST_PASSWORD, `Use at least ${SHORTEST_PASSWORD} characters`)
    .max(LONGEST_PASSWORD, `Use at most ${LONGEST_PASSWORD} characters`),
};

export const PersonInput = z.object(fields).refine(notTheAddress, {
  path: ["password"],
  error: "Use a password that is not in the e-mail address or the name",
});
export type PersonInput = z.infer<typeof PersonInput>;

export const AccountInput = z
  .object({ ...fields, role: z.enum(ROLES) })
  .refine(notTheAddress, { path: ["password"], error: "Use a password that is not in the e-mail address or the name" });
export type AccountInput = z.input<typeof AccountInput>;

function notTheAddress({ email, name, password }: { email: string; name: string; password: string }): boolean {
  const lower = password.toLowerCase();
  return lower !== email.toLowerCase() && lower !== name.toLowerCase();
}

/** Parses what a form or a command gave, and tells all that is wrong with it, field by field. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues: Issue[] = parsed.error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
    remedy: null,
  }));
  throw new ServiceError("invalid", "Some fields need another look.", { issues });
}
